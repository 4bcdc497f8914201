import { getFormProps, type SubmissionResult, useForm } from "@conform-to/react";
import { formatMonth } from "#app/lib/format.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { FeesPage } from "#app/modules/fees/get-fees-page.server.ts";
import { NOTE_MAX } from "#app/modules/money/money.schema.ts";
import { SubmitButton } from "../button.tsx";
import { ErrorSummary } from "../error-summary.tsx";
import { SelectField, TextAreaField, TextField } from "../field.tsx";
import { PostForm } from "../post-form.tsx";

interface Values {
	formKey: string;
	subject: string;
	amount: string;
	from: string;
	last: string;
	note: string;
}

/** A new fee. */
export function FeeForm({ page, lastResult }: { page: FeesPage; lastResult: SubmissionResult | undefined }) {
	const t = useT("fees");
	const tc = useT("campaigns");
	const { locale } = usePage();
	const [form, fields] = useForm<Values>({ id: "fee", lastResult });
	const months = page.months.map((value) => ({ value, label: formatMonth(locale, value) }));
	return (
		<PostForm className="form" {...getFormProps(form)}>
			<h2>{t("add")}</h2>
			<ErrorSummary form={form} />
			<input type="hidden" name="formKey" value={fields.formKey.initialValue ?? page.formKey} />
			<SelectField
				field={fields.subject}
				label={t("what")}
				options={[
					{ value: "", label: t("account_fee") },
					...page.senders.map(({ channel, name }) => ({
						value: `${channel}:${name}`,
						label: `${name} (${tc(`channel.${channel}`)})`,
					})),
				]}
			/>
			<TextField
				field={fields.amount}
				label={t("amount_in", { currency: page.currency })}
				inputMode="decimal"
				isRequired
			/>
			<SelectField
				field={fields.from}
				label={t("from")}
				help={t("from_help", { timeZone: page.timeZone })}
				options={months}
			/>
			<SelectField field={fields.last} label={t("last")} options={[{ value: "", label: t("no_end") }, ...months]} />
			<TextAreaField field={fields.note} label={t("note")} help={t("note_help")} rows={2} maxLength={NOTE_MAX} />
			<div>
				<SubmitButton>{t("submit")}</SubmitButton>
			</div>
		</PostForm>
	);
}

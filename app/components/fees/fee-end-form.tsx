import { getFormProps, type SubmissionResult, useForm } from "@conform-to/react";
import { Link } from "@remix-run/react";
import { formatMonth } from "#app/lib/format.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { FeesPage } from "#app/modules/fees/get-fees-page.server.ts";
import { SubmitButton } from "../button.tsx";
import { ErrorSummary } from "../error-summary.tsx";
import { SelectField } from "../field.tsx";
import { PostForm } from "../post-form.tsx";
import { FeeName } from "./fee-name.tsx";

/** The last month of one fee. */
export function FeeEndForm(props: { chosen: NonNullable<FeesPage["chosen"]>; lastResult?: SubmissionResult }) {
	const t = useT("fees");
	const { locale } = usePage();
	const { chosen, lastResult } = props;
	const defaultValue = { last: chosen.lastMonth ?? "" };
	const [form, fields] = useForm<{ last: string }>({ id: "fee-end", lastResult, defaultValue });
	const label = (month: string) => (month < chosen.fromMonth ? t("never") : formatMonth(locale, month));
	return (
		<PostForm className="form" {...getFormProps(form)}>
			<h2>
				{t("end")}: <FeeName fee={{ channel: chosen.channel, sender: chosen.sender }} />
			</h2>
			<ErrorSummary form={form} />
			<input type="hidden" name="deed" value="end" />
			<input type="hidden" name="fee" value={chosen.id} />
			<SelectField
				field={fields.last}
				label={t("last")}
				help={t("last_help")}
				options={[{ value: "", label: t("no_end") }, ...chosen.ends.map((value) => ({ value, label: label(value) }))]}
			/>
			<div className="row">
				<SubmitButton>{t("end_submit")}</SubmitButton>
				<Link discover="none" to="?">
					{t("leave")}
				</Link>
			</div>
		</PostForm>
	);
}

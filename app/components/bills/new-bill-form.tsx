import { getFormProps, type SubmissionResult, useForm } from "@conform-to/react";
import { useT } from "#app/lib/page-context.ts";
import { SubmitButton } from "../button.tsx";
import { ErrorSummary } from "../error-summary.tsx";
import { TextField } from "../field.tsx";
import { PostForm } from "../post-form.tsx";

/** For which days a bill is to be. */
export function NewBillForm(props: { values: { from: string; to: string }; lastResult: SubmissionResult | undefined }) {
	const t = useT("bills");
	const [form, fields] = useForm<{ from: string; to: string }>({
		id: "bill",
		lastResult: props.lastResult,
		defaultValue: props.values,
	});
	return (
		<PostForm className="form" {...getFormProps(form)}>
			<ErrorSummary form={form} />
			<TextField field={fields.from} type="date" label={t("new.from")} isRequired />
			<TextField field={fields.to} type="date" label={t("new.to")} help={t("new.to_help")} isRequired />
			<div>
				<SubmitButton>{t("new.submit")}</SubmitButton>
			</div>
		</PostForm>
	);
}

import { getFormProps, useForm } from "@conform-to/react";
import type { FormReply } from "#app/lib/form-reply.ts";
import { useT } from "#app/lib/page-context.ts";
import { REHEARSAL_TEXT_MAX, type RehearsalInput } from "#app/modules/providers/rehearsal.schema.ts";
import { SubmitButton } from "../button.tsx";
import { ErrorSummary } from "../error-summary.tsx";
import { TextAreaField, TextField } from "../field.tsx";
import { PostForm } from "../post-form.tsx";

/** A message that is not sent, and what to make of an answer and a report. */
export function RehearsalForm({ lastResult }: { lastResult: FormReply | undefined }) {
	const t = useT("rehearse");
	const defaultValue = { to: "", sender: "DemoShop", text: "", status: "200", answer: "", report: "" };
	const [form, fields] = useForm<RehearsalInput>({ id: "rehearsal", lastResult, defaultValue });
	return (
		<PostForm className="form" {...getFormProps(form)}>
			<ErrorSummary form={form} />
			<TextField field={fields.to} label={t("to")} help={t("to_help")} inputMode="tel" isRequired />
			<TextField field={fields.sender} label={t("sender")} maxLength={50} isRequired isUserText />
			<TextAreaField field={fields.text} label={t("text")} rows={3} maxLength={REHEARSAL_TEXT_MAX} isRequired />
			<TextField field={fields.status} label={t("status")} inputMode="numeric" isRequired />
			<TextAreaField field={fields.answer} label={t("answer")} help={t("answer_help")} rows={4} isCode />
			<TextAreaField field={fields.report} label={t("report")} help={t("report_help")} rows={4} isCode />
			<div className="row">
				<SubmitButton>{t("submit")}</SubmitButton>
			</div>
		</PostForm>
	);
}

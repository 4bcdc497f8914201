import { getFormProps, type SubmissionResult, useForm } from "@conform-to/react";
import { formatMoment } from "#app/lib/format.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import {
	ENTER_STANDARD,
	type EnterForm as Fields,
	MINUTES_MAX,
	MINUTES_MIN,
	REASON_MAX,
} from "#app/modules/impersonation/enter.schema.ts";
import { Alert } from "./alert.tsx";
import { SubmitButton } from "./button.tsx";
import { ChoiceField } from "./choice-field.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { TextAreaField, TextField } from "./field.tsx";
import { PostForm } from "./post-form.tsx";

/** Why, for how long and what for a cabinet is entered. */
export function EnterForm(props: {
	account: { isBlocked: boolean; outerEndsAtUtc: number | null };
	lastResult: SubmissionResult<string[]> | undefined;
}) {
	const t = useT("enter");
	const { locale, timeZone } = usePage();
	const { isBlocked, outerEndsAtUtc } = props.account;
	const mode = isBlocked ? "look" : ENTER_STANDARD.mode;
	const [form, fields] = useForm<Fields>({
		id: "enter",
		lastResult: props.lastResult,
		defaultValue: { ...ENTER_STANDARD, mode },
	});
	const limits = { min: MINUTES_MIN, max: MINUTES_MAX };
	const until = outerEndsAtUtc && t("until_outer", { time: formatMoment(locale, timeZone, outerEndsAtUtc, "time") });
	return (
		<PostForm className="form" {...getFormProps(form)}>
			<p>{t("note")}</p>
			{isBlocked && <Alert tone="warn">{t("blocked")}</Alert>}
			<ErrorSummary form={form} />
			<TextAreaField
				field={fields.reason}
				label={t("reason")}
				help={`${t("reason_help")} ${t("seen")}`}
				rows={3}
				maxLength={REASON_MAX}
				isRequired
			/>
			<TextField
				field={fields.minutes}
				label={t("minutes")}
				help={[t("minutes_help", limits), until].filter(Boolean).join(" ")}
				type="number"
				min={String(MINUTES_MIN)}
				isRequired
			/>
			<ChoiceField
				field={fields.mode}
				legend={t("mode")}
				options={[
					...(isBlocked ? [] : [{ value: "work", label: t("mode_work") }]),
					{ value: "look", label: t("mode_look") },
				]}
			/>
			<div>
				<SubmitButton>{t("action")}</SubmitButton>
			</div>
		</PostForm>
	);
}

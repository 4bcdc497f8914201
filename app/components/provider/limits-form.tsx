import { getFormProps, useForm } from "@conform-to/react";
import type { FormReply } from "#app/lib/form-reply.ts";
import { useT } from "#app/lib/page-context.ts";
import type { LimitsValues } from "#app/modules/providers/get-limits-page.server.ts";
import { SubmitButton } from "../button.tsx";
import { ErrorSummary } from "../error-summary.tsx";
import { TextField } from "../field.tsx";
import { PostForm } from "../post-form.tsx";

const LIMITS = ["perSecond", "perSenderPerSecond", "perDay"] as const;
const ALARMS = ["alarmErrorPercent", "alarmSilenceMinutes", "alarmBalance"] as const;

/** How much a provider is given, and when the admin's people are told. */
export function LimitsForm(props: { values: LimitsValues; version: number; lastResult: FormReply | undefined }) {
	const t = useT("limits");
	const [form, fields] = useForm<LimitsValues>({
		id: "limits",
		lastResult: props.lastResult,
		defaultValue: props.values,
	});
	const field = (name: keyof LimitsValues) => (
		<TextField
			key={name}
			field={fields[name]}
			label={t(`field.${name}`)}
			help={t(`help.${name}`)}
			inputMode="numeric"
		/>
	);
	return (
		<PostForm className="form" {...getFormProps(form)}>
			<ErrorSummary form={form} />
			<input type="hidden" name="version" value={props.version} />
			<div>
				<h2>{t("limits")}</h2>
				<p className="help">{t("limits_help")}</p>
			</div>
			{LIMITS.map(field)}
			<div>
				<h2>{t("alarms")}</h2>
				<p className="help">{t("alarms_help")}</p>
			</div>
			{ALARMS.map(field)}
			<div>
				<SubmitButton>{t("submit")}</SubmitButton>
			</div>
		</PostForm>
	);
}

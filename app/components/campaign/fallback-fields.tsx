import { translateIssue } from "#app/lib/issue.ts";
import { useT } from "#app/lib/page-context.ts";
import type { Sender } from "#app/modules/campaigns/allowed-senders.server.ts";
import type { OfferedChannel } from "#app/modules/campaigns/offered-channels.server.ts";
import { REASON_FIELD, STANDS_IN } from "#app/modules/fallback/fallback-fields.ts";
import { FALLBACK_REASONS } from "#app/modules/fallback/fallback-rule.ts";
import { SelectField, TextField } from "../field.tsx";
import type { FormField } from "../form-field.ts";
import { TextForChannel } from "./text-for-channel.tsx";

export type FallbackField =
	| "fallback"
	| "fallbackText"
	| "fallbackWhen"
	| "fallbackByTime"
	| "fallbackAfter"
	| "fallbackUnit"
	| "fallbackNotOnChannel"
	| "fallbackFailed"
	| "fallbackExpired"
	| "fallbackRejected";

/** What goes to those whom the message does not reach: folded up until somebody wants it. */
export function FallbackFields(props: {
	fields: Record<FallbackField, FormField>;
	values: Partial<Record<FallbackField, string>>;
	errors: Record<string, string[]>;
	senders: Sender[];
	channels: OfferedChannel[];
}) {
	const { fields, values, errors } = props;
	const t = useT("fallback");
	const tc = useT("campaigns");
	const ways = new Set(props.senders.flatMap(({ channel }) => STANDS_IN[channel]));
	const options = props.senders
		.filter(({ channel }) => ways.has(channel))
		.map(({ channel, name }) => ({ value: `${channel}:${name}`, label: `${name} (${tc(`channel.${channel}`)})` }));
	const chosen = values.fallback ?? "";
	// A way that is out of service stays chosen: the answer says so.
	if (chosen && !options.some(({ value }) => value === chosen))
		options.unshift({ value: chosen, label: chosen.slice(chosen.indexOf(":") + 1) });
	if (options.length === 0) return null;
	const isOpen = chosen !== "" || Object.keys(errors).some((field) => field.startsWith("fallback"));
	return (
		<details open={isOpen || undefined} className="fallback">
			<summary>{t("form.title")}</summary>
			<div className="form">
				<p className="help">{t("form.help")}</p>
				<SelectField
					field={fields.fallback}
					label={t("form.way")}
					options={[{ value: "", label: t("form.nothing") }, ...options]}
				/>
				<TextForChannel
					field={fields.fallbackText}
					label={t("form.text")}
					senderId={fields.fallback.id}
					channels={props.channels.filter(({ channel }) => ways.has(channel))}
					rows={4}
				/>
				<When fields={fields} values={values} error={errors.fallbackWhen?.[0]} />
				<p className="help">{t("charged")}</p>
			</div>
		</details>
	);
}

function When(props: {
	fields: Record<FallbackField, FormField>;
	values: Partial<Record<FallbackField, string>>;
	error: string | undefined;
}) {
	const { fields, values, error } = props;
	const t = useT("fallback");
	const box = (name: FallbackField, label: string) => (
		<label key={name} className="choice">
			<input type="checkbox" name={name} value="1" defaultChecked={Boolean(values[name])} />
			<span>{label}</span>
		</label>
	);
	const { id, errorId } = fields.fallbackWhen;
	return (
		<fieldset className="field" id={id} aria-describedby={error && errorId}>
			<legend>{t("form.when")}</legend>
			{FALLBACK_REASONS.map((reason) => box(REASON_FIELD[reason], t(`reason.${reason}`)))}
			{box("fallbackByTime", t("form.by_time"))}
			<div className="row when">
				<TextField field={fields.fallbackAfter} label={t("form.after")} inputMode="numeric" />
				<SelectField
					field={fields.fallbackUnit}
					label={t("form.unit")}
					options={[
						{ value: "minutes", label: t("form.minutes") },
						{ value: "hours", label: t("form.hours") },
					]}
				/>
			</div>
			<p className="help">{t("may_get_both")}</p>
			{error && (
				<p className="error" id={errorId}>
					{translateIssue(t as never, error)}
				</p>
			)}
		</fieldset>
	);
}

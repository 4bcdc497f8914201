import { type SubmissionResult, useForm } from "@conform-to/react";
import { useT } from "#app/lib/page-context.ts";
import type { Sender } from "#app/modules/campaigns/allowed-senders.server.ts";
import { STOP_NOTE_MAX, STOPS_AT_ONCE } from "#app/modules/stops/stop.schema.ts";
import { STOP_CHANNELS, type StopReach, writeReach } from "#app/modules/stops/stop-reach.ts";
import { SubmitButton } from "../button.tsx";
import { ErrorSummary } from "../error-summary.tsx";
import { SelectField, TextAreaField, TextField } from "../field.tsx";
import { PostForm } from "../post-form.tsx";
import { useReachWords } from "./reach-words.ts";

type Fields = Record<"numbers" | "reach" | "note", string>;

/** People who are to be put on the list. */
export function NewStopsForm({ senders, lastResult }: { senders: Sender[]; lastResult?: SubmissionResult }) {
	const t = useT("stops");
	const reachWords = useReachWords();
	const [form, fields] = useForm<Fields>({ id: "stops", lastResult });
	const reaches: StopReach[] = [
		{ channel: "", sender: "" },
		...STOP_CHANNELS.flatMap((channel): StopReach[] => [
			{ channel, sender: "" },
			...senders.filter((one) => one.channel === channel).map((one) => ({ channel, sender: one.name })),
		]),
	];
	return (
		<PostForm className="form" id={form.id} noValidate>
			<ErrorSummary form={form} />
			<TextAreaField
				field={fields.numbers}
				label={t("new.numbers")}
				help={t("new.numbers_help", { max: STOPS_AT_ONCE })}
				isCode
				isRequired
			/>
			<SelectField
				field={fields.reach}
				label={t("reach.title")}
				help={t("new.reach_help")}
				options={reaches.map((reach) => ({ value: writeReach(reach), label: reachWords(reach) }))}
			/>
			<TextField
				field={fields.note}
				label={t("new.note")}
				help={t("new.note_help")}
				maxLength={STOP_NOTE_MAX}
				isUserText
			/>
			<div>
				<SubmitButton>{t("new.submit")}</SubmitButton>
			</div>
		</PostForm>
	);
}

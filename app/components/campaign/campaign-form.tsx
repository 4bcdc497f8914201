import { useForm } from "@conform-to/react";
import counter from "#app/enhance/counter.js?url";
import { formatNumber } from "#app/lib/format.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { Audience, Reject } from "#app/modules/audiences/audience.queries.server.ts";
import { PASTE_MAX_CHARS, UPLOAD_MAX_BYTES } from "#app/modules/audiences/audience.ts";
import type { Sender } from "#app/modules/campaigns/allowed-senders.server.ts";
import type { OfferedChannel } from "#app/modules/campaigns/offered-channels.server.ts";
import { SubmitButton } from "../button.tsx";
import { ChoiceField } from "../choice-field.tsx";
import { ErrorSummary } from "../error-summary.tsx";
import { SelectField, TextAreaField, TextField } from "../field.tsx";
import { FileField } from "../file-field.tsx";
import { PostForm } from "../post-form.tsx";
import { ScriptModule } from "../script-module.tsx";
import { RejectsTable } from "./audience-counts.tsx";
import { type FallbackField, FallbackFields } from "./fallback-fields.tsx";
import { TextForChannel } from "./text-for-channel.tsx";

/** Everything as it was typed, by field. */
export type CampaignFormValues = Partial<
	Record<"name" | "sender" | "text" | "when" | "date" | "time" | "paste" | "file" | FallbackField, string>
>;

export interface CampaignFormData {
	formKey: string;
	/** What a draft's page showed; undefined for a new campaign. */
	seen?: { version: number; state: string };
	values: CampaignFormValues;
	errors: Record<string, string[]>;
	/** A file that is kept already. */
	kept?: Audience;
	/** The first numbers of a list that held no good one. */
	rejects?: Reject[];
	/** On channels that are in service. */
	senders: Sender[];
	channels: OfferedChannel[];
	/** Of the account, for the help beside the time. */
	timeZone: string;
	minDate: string;
	maxDate: string;
}

/** Each sender with its channel. One that a draft was written for stays chosen though its channel is out of service: the answer says so. */
function senderOptions({ senders, values }: CampaignFormData, nameOf: (channel: Sender["channel"]) => string) {
	const options = senders.map(({ channel, name }) => ({
		value: `${channel}:${name}`,
		label: `${name} (${nameOf(channel)})`,
	}));
	const { sender } = values;
	if (!sender || options.some(({ value }) => value === sender)) return options;
	return [{ value: sender, label: sender.slice(sender.indexOf(":") + 1) }, ...options];
}

/** The form of a new campaign and of a draft. The file comes last: a server that reads on the way knows all else before it. */
export function CampaignForm({ form: given }: { form: CampaignFormData }) {
	const t = useT("campaigns");
	const ta = useT("audiences");
	const { locale } = usePage();
	const hasErrors = Object.keys(given.errors).length > 0;
	const [form, fields] = useForm<Required<CampaignFormValues>>({
		id: "campaign",
		defaultValue: given.values,
		lastResult: hasErrors ? { status: "error", initialValue: given.values, error: given.errors } : null,
	});
	const { kept } = given;
	return (
		<PostForm encType="multipart/form-data" className="form" id={form.id} noValidate>
			<ErrorSummary form={form} />
			<input type="hidden" name="formKey" value={given.formKey} />
			{given.seen && <input type="hidden" name="version" value={given.seen.version} />}
			{given.seen && <input type="hidden" name="state" value={given.seen.state} />}
			<TextField field={fields.name} label={t("form.name")} help={t("form.name_help")} isUserText />
			<SelectField
				field={fields.sender}
				label={t("form.sender")}
				options={senderOptions(given, (channel) => t(`channel.${channel}`))}
			/>
			<TextForChannel
				field={fields.text}
				label={t("form.text")}
				senderId={fields.sender.id}
				channels={given.channels}
				rows={7}
			/>
			<FallbackFields
				fields={fields}
				values={given.values}
				errors={given.errors}
				senders={given.senders}
				channels={given.channels}
			/>
			<ChoiceField
				field={fields.when}
				legend={t("form.when")}
				standard="now"
				options={[
					{ value: "now", label: t("form.now") },
					{ value: "later", label: t("form.later") },
				]}
			/>
			<div className="row when">
				<TextField field={fields.date} label={t("form.date")} type="date" min={given.minDate} />
				<TextField
					field={fields.time}
					label={t("form.time")}
					help={t("form.time_help", { zone: given.timeZone })}
					type="time"
				/>
			</div>
			<TextAreaField
				field={fields.paste}
				label={ta("form.paste")}
				help={ta("form.paste_help", { max: formatNumber(locale, PASTE_MAX_CHARS) })}
				rows={6}
			/>
			<RejectsTable rejects={given.rejects ?? []} isFirst after={null} />
			{kept && (
				<div className="kept">
					<input type="hidden" name="collectionId" value={kept.id} />
					<p>
						<bdi>{kept.name || ta("pasted")}</bdi>:{" "}
						{kept.state === "reading"
							? ta("form.kept_reading")
							: ta("form.kept", { count: kept.validCount, n: formatNumber(locale, kept.validCount) })}
					</p>
					<label className="choice">
						<input type="checkbox" name="forgetFile" value="1" />
						<span>{ta("form.forget")}</span>
					</label>
				</div>
			)}
			<FileField
				field={fields.file}
				label={kept ? ta("form.other_file") : ta("form.file")}
				help={ta("form.file_help", { megabytes: UPLOAD_MAX_BYTES / 1024 ** 2 })}
				accept=".csv,.txt,text/csv,text/plain"
			/>
			<div>
				<SubmitButton>{t("form.submit")}</SubmitButton>
				<p className="small soft">{t("form.submit_help")}</p>
			</div>
			<ScriptModule src={counter} />
		</PostForm>
	);
}

import { formatNumber } from "#app/lib/format.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { OfferedChannel } from "#app/modules/campaigns/offered-channels.server.ts";
import { GSM_BASIC, GSM_EXTENDED } from "#app/modules/campaigns/sms-parts.ts";
import { TextAreaField } from "../field.tsx";
import type { FormField } from "../form-field.ts";

const withoutControls = (letters: string) => letters.replaceAll(/[\n\r\f]/g, "");

/** A message's text with what its channel takes, counted as it is typed where there is a script. `senderId`: of the field that chooses the channel. */
export function TextForChannel(props: {
	field: FormField;
	label: string;
	senderId: string;
	channels: OfferedChannel[];
	rows: number;
}) {
	const t = useT("campaigns");
	const { locale } = usePage();
	const { channels } = props;
	const each = channels.map(({ channel, textMax }) => `${t(`channel.${channel}`)} ${formatNumber(locale, textMax)}`);
	const isSame = new Set(channels.map(({ textMax }) => textMax)).size === 1;
	return (
		<div>
			<TextAreaField
				field={props.field}
				label={props.label}
				help={
					isSame
						? t("form.text_help", { max: formatNumber(locale, channels[0]!.textMax) })
						: t("form.text_help_each", { each: each.join(", ") })
				}
				rows={props.rows}
			/>
			<p
				className="small soft"
				data-counter={props.field.id}
				data-sender={props.senderId}
				data-limits={JSON.stringify(Object.fromEntries(channels.map(({ channel, textMax }) => [channel, textMax])))}
				data-words={t("form.left")}
				data-parts={t("form.parts")}
				data-gsm={channels.some(({ channel }) => channel === "sms") ? withoutControls(GSM_BASIC) : undefined}
				data-escaped={channels.some(({ channel }) => channel === "sms") ? withoutControls(GSM_EXTENDED) : undefined}
				hidden
			/>
		</div>
	);
}

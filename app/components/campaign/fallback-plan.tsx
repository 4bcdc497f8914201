import { formatDuration } from "#app/lib/format.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { Fallback } from "#app/modules/fallback/second-figures.ts";
import { MessagePreview } from "./message-preview.tsx";
import { SmsNote } from "./sms-note.tsx";

type Planned = Pick<Fallback, "channel" | "sender" | "text" | "afterSeconds" | "reasons">;

/** What goes to those whom the first message does not reach, and when; in words that a person can agree to. */
export function FallbackPlan({ fallback }: { fallback: Planned }) {
	const t = useT("fallback");
	const tc = useT("campaigns");
	const { locale } = usePage();
	const { channel, sender, text, afterSeconds, reasons } = fallback;
	return (
		<>
			<MessagePreview sender={sender} text={text} />
			<SmsNote channel={channel} text={text} />
			<dl className="facts">
				<dt>{tc("form.sender")}</dt>
				<dd>
					<bdi>{sender}</bdi> ({tc(`channel.${channel}`)})
				</dd>
				<dt>{t("when")}</dt>
				<dd>
					<ul className="plain">
						{reasons.map((reason) => (
							<li key={reason}>{t(`reason.${reason}`)}</li>
						))}
						{afterSeconds !== null && <li>{t("after", { time: formatDuration(locale, afterSeconds * 1000) })}</li>}
					</ul>
				</dd>
				<dt>{t("price")}</dt>
				<dd>{t("charged")}</dd>
			</dl>
			{afterSeconds !== null && <p className="soft">{t("may_get_both")}</p>}
		</>
	);
}

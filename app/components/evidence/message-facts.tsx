import { useT } from "#app/lib/page-context.ts";
import type { Message } from "#app/modules/messages/get-message.server.ts";
import { Time } from "../time.tsx";
import { MessageDot } from "./message-dot.tsx";

/** What the books know of a message: to whom, how it stands and why, and since when. */
export function MessageFacts({ message }: { message: Message }) {
	const t = useT("evidence");
	const tc = useT("causes");
	const moments = [
		["handed_over", message.handedAtUtc],
		["sent", message.sentAtUtc],
		["delivered", message.deliveredAtUtc],
		["read", message.readAtUtc],
	] as const;
	return (
		<dl className="facts">
			<dt>{t("fact.to")}</dt>
			<dd>
				<bdi dir="ltr">{message.recipient}</bdi>
			</dd>
			<dt>{t("fact.state")}</dt>
			<dd>
				<MessageDot state={message.state} />
			</dd>
			{message.cause && (
				<>
					<dt>{t("fact.why")}</dt>
					<dd>
						<p>{tc(`${message.cause}.what`)}</p>
						<p className="soft small">{tc(`${message.cause}.do`)}</p>
					</dd>
				</>
			)}
			{moments.map(
				([key, atUtc]) =>
					atUtc !== null && [
						<dt key={key}>{t(`fact.${key}`)}</dt>,
						<dd key={`${key}-at`}>
							<Time atUtc={atUtc} style="dateTimeSeconds" />
						</dd>,
					],
			)}
		</dl>
	);
}

import { Link } from "@remix-run/react";
import { useT } from "#app/lib/page-context.ts";
import type { ListedMessage } from "#app/modules/messages/list-messages.server.ts";
import { useCabinetPath } from "../cabinet-path.ts";
import { MessageDot } from "../evidence/message-dot.tsx";
import { Time } from "../time.tsx";

const isReached = (state: ListedMessage["state"]) => state === "delivered" || state === "read";

/** What became of the second leg's message to a person, beside the first's; whoever got both is told so. */
export function SecondMessage({
	campaignId,
	row,
}: {
	campaignId: number;
	row: Pick<ListedMessage, "state" | "second">;
}) {
	const t = useT("fallback");
	const tc = useT("causes");
	const path = useCabinetPath();
	const { second } = row;
	if (!second) return null;
	const withdrawn = second.state === "cancelled" && isReached(row.state);
	return (
		<>
			<Link discover="none" to={path(`campaigns/${campaignId}/messages/${second.id}`)}>
				<MessageDot state={second.state} />
			</Link>
			{second.atUtc !== null && (
				<>
					{" "}
					<Time atUtc={second.atUtc} style="dateTimeSeconds" />
				</>
			)}
			{second.cause && <span className="small second">{tc(`${second.cause}.what`)}</span>}
			{withdrawn && <span className="small soft second">{t("message.withdrawn")}</span>}
			{isReached(row.state) && isReached(second.state) && <b className="small second">{t("message.both")}</b>}
		</>
	);
}

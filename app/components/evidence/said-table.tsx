import { Link } from "@remix-run/react";
import { useT } from "#app/lib/page-context.ts";
import type { SaidOfMessage } from "#app/modules/evidence/get-callback.server.ts";
import { DataTable } from "../data-table.tsx";
import { Num } from "../num.tsx";
import { Time } from "../time.tsx";
import { MessageDot } from "./message-dot.tsx";

/** What a callback says of our messages. */
export function SaidTable({ said }: { said: SaidOfMessage[] }) {
	const t = useT("inbox");
	const te = useT("evidence");
	const tc = useT("causes");
	return (
		<DataTable
			caption={t("said.title")}
			rows={said.map((row, i) => ({ ...row, i }))}
			rowKey={(row) => row.i}
			columns={[
				{
					key: "message",
					header: t("said.message"),
					isMain: true,
					cell: ({ messageId, campaignId }) =>
						campaignId === null ? (
							t("said.nobodys", { id: messageId })
						) : (
							<Link discover="none" to={`/admin/campaigns/${campaignId}/messages/${messageId}`}>
								{messageId}
							</Link>
						),
				},
				{ key: "attempt", header: te("attempts.attempt"), cell: (row) => <Num value={row.attempt} /> },
				{ key: "state", header: te("proofs.state"), cell: (row) => <MessageDot state={row.state} /> },
				{ key: "why", header: te("fact.why"), cell: (row) => row.cause && tc(`${row.cause}.what`) },
				{
					key: "at",
					header: te("proofs.said"),
					cell: (row) => row.saidAtUtc !== null && <Time atUtc={row.saidAtUtc} style="dateTimeSeconds" />,
				},
			]}
		/>
	);
}

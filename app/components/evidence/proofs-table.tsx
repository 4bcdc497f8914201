import { Link } from "@remix-run/react";
import { useT } from "#app/lib/page-context.ts";
import type { ShownProof } from "#app/modules/evidence/get-evidence.server.ts";
import { type Column, DataTable } from "../data-table.tsx";
import { RawText } from "../raw-text.tsx";
import { Time } from "../time.tsx";
import { MessageDot } from "./message-dot.tsx";
import { ProviderLabel } from "./provider-label.tsx";

/** Everything that was said about a message later, each with its three times; the callbacks themselves for whoever knows the providers. */
export function ProofsTable({ proofs }: { proofs: ShownProof[] }) {
	const t = useT("evidence");
	const tc = useT("causes");
	const time = (atUtc: number) => <Time atUtc={atUtc} style="dateTimeSeconds" />;
	const raw: Column<ShownProof>[] = proofs.some((row) => row.callback)
		? [{ key: "raw", header: t("proofs.raw"), cell: (row) => <Callback of={row} /> }]
		: [];
	return (
		<DataTable
			caption={t("proofs.title")}
			rows={proofs}
			rowKey={(row) => `${row.appliedAtUtc}/${row.receivedAtUtc}/${row.state}/${row.callback?.id}`}
			columns={[
				{ key: "state", header: t("proofs.state"), isMain: true, cell: (row) => <MessageDot state={row.state} /> },
				{ key: "why", header: t("fact.why"), cell: (row) => row.cause && tc(`${row.cause}.what`) },
				{
					key: "who",
					header: t("provider"),
					cell: (row) => (
						<>
							<ProviderLabel provider={row.provider} />
							<div className="soft small">
								{t(row.wasAsked ? "proofs.asked" : "proofs.called")} · {t("proofs.of_attempt", { n: row.attempt })}
							</div>
						</>
					),
				},
				{
					key: "said",
					header: t("proofs.said"),
					cell: (row) => (row.saidAtUtc === null ? t("proofs.no_clock") : time(row.saidAtUtc)),
				},
				{ key: "received", header: t("proofs.received"), cell: (row) => time(row.receivedAtUtc) },
				{ key: "applied", header: t("proofs.applied"), cell: (row) => time(row.appliedAtUtc) },
				...raw,
			]}
		/>
	);
}

function Callback({ of: { callback } }: { of: ShownProof }) {
	const t = useT("evidence");
	if (!callback) return null;
	const link = (
		<Link discover="none" to={`/admin/inbox/${callback.id}`}>
			{t("proofs.callback", { id: callback.id })}
		</Link>
	);
	if (callback.raw === null) return link;
	return (
		<details>
			<summary>{t("proofs.show")}</summary>
			<RawText label={t("proofs.show")}>
				{callback.raw}
				{callback.isCut && " …"}
			</RawText>
			{link}
		</details>
	);
}

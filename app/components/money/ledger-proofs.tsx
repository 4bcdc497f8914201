import { useT } from "#app/lib/page-context.ts";
import type { Difference } from "#app/modules/proof/difference.ts";
import type { ProofRun } from "#app/modules/proof/list-proofs.server.ts";
import { Alert } from "../alert.tsx";
import { DataTable } from "../data-table.tsx";
import { Num } from "../num.tsx";
import { StatusDot } from "../status-dot.tsx";
import { Time } from "../time.tsx";

/** The last proofs of the ledger, and what is wrong with it where the newest has failed. */
export function LedgerProofs({ proofs: { runs, found } }: { proofs: { runs: ProofRun[]; found: Difference[] } }) {
	const t = useT("recounts");
	const [last] = runs;
	return (
		<>
			<h2>{t("ledger.runs")}</h2>
			{!last && <p>{t("ledger.none")}</p>}
			{last && (
				<Alert tone={last.differences > 0 ? "bad" : "good"}>
					{t(last.differences > 0 ? "ledger.wrong" : "ledger.right")}
				</Alert>
			)}
			{found.length > 0 && <FoundTable found={found} />}
			{last && (
				<DataTable
					caption={t("ledger.runs")}
					rows={runs}
					rowKey={(row) => row.id}
					columns={[
						{ key: "began", header: t("began"), isMain: true, cell: (row) => <Time atUtc={row.startedAtUtc} /> },
						{ key: "ended", header: t("ended"), cell: (row) => <Time atUtc={row.finishedAtUtc} /> },
						{
							key: "transfers",
							header: t("ledger.transfers"),
							isNumber: true,
							cell: (row) => <Num value={row.transfers} />,
						},
						{ key: "books", header: t("ledger.books"), isNumber: true, cell: (row) => <Num value={row.books} /> },
						{
							key: "differences",
							header: t("differences"),
							isNumber: true,
							cell: (row) => (
								<StatusDot tone={row.differences > 0 ? "bad" : "good"}>
									<Num value={row.differences} />
								</StatusDot>
							),
						},
					]}
				/>
			)}
		</>
	);
}

function FoundTable({ found }: { found: Difference[] }) {
	const t = useT("recounts");
	return (
		<DataTable
			caption={t("ledger.found")}
			isCaptionShown
			rows={found}
			rowKey={(row) => `${row.kind} ${row.id} ${row.keptMicros}`}
			columns={[
				{
					key: "what",
					header: t("ledger.what"),
					isMain: true,
					cell: (row) => t(`ledger.kind.${row.kind}`, { id: row.id }),
				},
				{ key: "kept", header: t("ledger.kept"), isNumber: true, cell: (row) => <Num value={row.keptMicros} /> },
				{ key: "must", header: t("ledger.must"), isNumber: true, cell: (row) => <Num value={row.countedMicros} /> },
			]}
		/>
	);
}

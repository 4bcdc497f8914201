import { Link } from "@remix-run/react";
import { useT } from "#app/lib/page-context.ts";
import type { ShownStop } from "#app/modules/stops/shown-stop.ts";
import { useCabinetPath } from "../cabinet-path.ts";
import { DataTable } from "../data-table.tsx";
import { Time } from "../time.tsx";
import { useReachWords } from "./reach-words.ts";
import { StopWhy } from "./stop-why.tsx";

/** Entries of a stop list; each number leads to its entry. */
export function StopTable({ rows }: { rows: ShownStop[] }) {
	const t = useT("stops");
	const path = useCabinetPath();
	const reachWords = useReachWords();
	return (
		<DataTable
			caption={t("title")}
			rows={rows}
			rowKey={(row) => row.id}
			columns={[
				{
					key: "number",
					header: t("number"),
					isMain: true,
					cell: (row) => (
						<Link discover="none" to={path(`stops/${row.id}`)}>
							<bdi>{row.recipient}</bdi>
						</Link>
					),
				},
				{ key: "reach", header: t("reach.title"), cell: reachWords },
				{ key: "why", header: t("why.title"), cell: (row) => <StopWhy stop={row} /> },
				{ key: "since", header: t("since"), cell: (row) => <Time atUtc={row.createdAtUtc} /> },
				{
					key: "state",
					header: t("state.title"),
					cell: (row) => t(row.liftedAtUtc === null ? "state.holds" : "state.lifted"),
				},
			]}
		/>
	);
}

import { Link } from "@remix-run/react";
import { useT } from "#app/lib/page-context.ts";
import type { CallbackRow } from "#app/modules/evidence/inbox-filter.ts";
import { DataTable } from "../data-table.tsx";
import { Num } from "../num.tsx";
import { Time } from "../time.tsx";
import { StandingDot } from "./standing-dot.tsx";

/** Callbacks as they came, each leading to its own page. */
export function CallbacksTable(props: { callbacks: CallbackRow[]; providers: { id: number; name: string }[] }) {
	const t = useT("inbox");
	const names = new Map(props.providers.map(({ id, name }) => [id, name]));
	return (
		<DataTable
			caption={t("caption")}
			rows={props.callbacks}
			rowKey={(row) => row.id}
			columns={[
				{
					key: "id",
					header: t("callback"),
					isMain: true,
					cell: (row) => (
						<Link discover="none" to={`/admin/inbox/${row.id}`}>
							{row.id}
						</Link>
					),
				},
				{ key: "at", header: t("came"), cell: (row) => <Time atUtc={row.atUtc} style="dateTimeSeconds" /> },
				{ key: "provider", header: t("filter.provider"), cell: (row) => <bdi>{names.get(row.providerId)}</bdi> },
				{ key: "standing", header: t("filter.standing"), cell: (row) => <StandingDot standing={row.standing} /> },
				{
					key: "detail",
					header: t("detail"),
					cell: (row) => <bdi className="break">{row.detail}</bdi>,
				},
				{ key: "bytes", header: t("bytes"), isNumber: true, cell: (row) => <Num value={row.bytes} /> },
			]}
		/>
	);
}

import { useT } from "#app/lib/page-context.ts";
import type { Audience, Reject } from "#app/modules/audiences/audience.queries.server.ts";
import { DataTable } from "../data-table.tsx";
import { Num } from "../num.tsx";
import { Pager } from "../pager.tsx";

/** What was understood of an audience. */
export function AudienceCounts({ audience }: { audience: Audience }) {
	const t = useT("audiences");
	const counts = { valid: audience.validCount, duplicate: audience.duplicateCount, bad: audience.badCount };
	return (
		<dl className="counts">
			{(["valid", "duplicate", "bad"] as const).map((key) => (
				<div key={key} data-count={key}>
					<dt>{t(`count.${key}`)}</dt>
					<dd className="figure">
						<Num value={counts[key]} />
					</dd>
				</div>
			))}
		</dl>
	);
}

/** Numbers that became no contact, each with where it stood and why. */
export function RejectsTable(props: { rejects: Reject[]; isFirst: boolean; after: string | null }) {
	const t = useT("audiences");
	if (props.rejects.length === 0) return null;
	return (
		<section id="rejects">
			<DataTable
				caption={t("rejects.caption")}
				isCaptionShown
				rows={props.rejects}
				rowKey={(row) => `${row.line}-${row.cell}`}
				columns={[
					{ key: "line", header: t("rejects.line"), isNumber: true, cell: (row) => <Num value={row.line} /> },
					{
						key: "typed",
						header: t("rejects.typed"),
						cell: (row) => <bdi className="typed">{row.typed || t("rejects.nothing")}</bdi>,
					},
					{ key: "reason", header: t("rejects.reason"), cell: (row) => t(`reasons.${row.reason}`) },
				]}
			/>
			<Pager isFirst={props.isFirst} after={props.after} />
		</section>
	);
}

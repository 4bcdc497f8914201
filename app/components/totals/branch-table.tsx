import { Link } from "@remix-run/react";
import { useT } from "#app/lib/page-context.ts";
import type { BranchRow } from "#app/modules/totals/branches.server.ts";
import type { Totals } from "#app/modules/totals/get-totals.server.ts";
import { useRoot } from "../frame/root-data.ts";
import { NameLink } from "../name-link.tsx";
import { Pager } from "../pager.tsx";
import { SumsTable } from "./sums-table.tsx";

/** Whom the money came from: those directly below, each leading to its own totals; what one sends oneself is a line as well. */
export function BranchTable({ totals, isFirst }: { totals: Totals; isFirst: boolean }) {
	const t = useT("totals");
	const { branches, period, currency } = totals;
	if (!branches) return null;
	return (
		<>
			<SumsTable
				caption={t("by_branch")}
				header={t("account")}
				rows={branches.rows}
				rowKey={(row) => row.id}
				cell={(row) => <Branch row={row} to={`?from=${period.from}&to=${period.to}&branch=${row.id}`} />}
				currency={currency}
				isClient={false}
				isShared={isFirst && branches.nextAfter === null}
			/>
			<Pager isFirst={isFirst} after={branches.nextAfter} />
		</>
	);
}

function Branch({ row: { id, name }, to }: { row: BranchRow; to: string }) {
	const t = useT("totals");
	if (useRoot()?.viewer?.accountId === id)
		return (
			<Link discover="none" to={to}>
				{t("own_messages")}
			</Link>
		);
	if (name !== null) return <NameLink to={to}>{name}</NameLink>;
	return (
		<Link discover="none" to={to}>
			{t("gone", { id })}
		</Link>
	);
}

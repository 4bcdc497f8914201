import { Link } from "@remix-run/react";
import { useT } from "#app/lib/page-context.ts";
import type { AccountRow } from "#app/modules/accounts/account.queries.server.ts";
import { useCabinetPath } from "./cabinet-path.ts";
import { DataTable } from "./data-table.tsx";
import { StatusDot, type Tone } from "./status-dot.tsx";
import { Time } from "./time.tsx";

const tones: Record<AccountRow["state"], Tone> = { active: "good", blocked: "bad", closed: "idle" };

export function AccountState({ state }: { state: AccountRow["state"] }) {
	const t = useT("accounts");
	return <StatusDot tone={tones[state]}>{t(`state.${state}`)}</StatusDot>;
}

/** Accounts as a list; each name leads to the account's own page. */
export function AccountTable({ rows, caption }: { rows: AccountRow[]; caption: string }) {
	const t = useT("accounts");
	const path = useCabinetPath();
	return (
		<DataTable
			caption={caption}
			rows={rows}
			rowKey={(row) => row.id}
			columns={[
				{
					key: "name",
					header: t("name"),
					isMain: true,
					cell: (row) => (
						<Link discover="none" to={path(`accounts/${row.id}`)}>
							<bdi>{row.name}</bdi>
						</Link>
					),
				},
				{ key: "kind", header: t("kind.title"), cell: (row) => t(`kind.${row.kind}`) },
				{ key: "state", header: t("state.title"), cell: (row) => <AccountState state={row.state} /> },
				{ key: "zone", header: t("time_zone"), cell: (row) => <bdi>{row.timeZone}</bdi> },
				{ key: "created", header: t("created"), cell: (row) => <Time atUtc={row.createdAtUtc} style="date" /> },
			]}
		/>
	);
}

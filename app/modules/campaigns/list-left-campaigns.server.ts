import { PAGE_ROWS } from "#app/lib/page-by-key.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { branchRange } from "#app/modules/access/scope.ts";
import { requireLeftAccount } from "#app/modules/accounts/list-left-accounts.server.ts";
import { pathHistory } from "#app/modules/accounts/path-history.server.ts";
import type { Tx } from "#db/tx.ts";
import { LISTED_COLUMNS, LISTED_JOINS, type ListedCampaign } from "./campaign.queries.server.ts";
import { type Funnel, funnelOf } from "./campaign.ts";

type Row = ListedCampaign & { accountName: string; branchPath: string };

/** A campaign's place in the list: by where it was started, then by its id; the last stand first. */
interface Place {
	path: string;
	id: number;
}

/**
 * What an account that left, and the branch that left with it, started while it stood below the actor's account, 50 a page by key.
 * They are found by their paths of that time: one range for each path that the account had below the actor.
 *
 * @throws AccountNotFoundError for a stay that was not below the actor's account.
 */
export function listLeftCampaigns(tx: Tx, actor: Actor, stayId: number, after: string | null) {
	requireRight(actor, "campaigns.read");
	const { path, accountId, ...left } = requireLeftAccount(tx, actor, stayId);
	const own = `/${actor.account.id}/`;
	const paths = pathHistory(tx, { id: accountId, path })
		.filter((span) => span.path.includes(own))
		.filter((span) => span.fromUtc < left.untilUtc && (span.untilUtc ?? Number.POSITIVE_INFINITY) > left.fromUtc)
		.map((span) => span.path);
	const place = readPlace(after);
	const rows: Row[] = [];
	for (const one of [...new Set(paths)].sort().reverse()) {
		if (rows.length > PAGE_ROWS) break;
		rows.push(...campaignsOf(tx, branchRange(one), place, PAGE_ROWS + 1 - rows.length));
	}
	const page = rows.slice(0, PAGE_ROWS);
	const last = page.at(-1);
	return {
		left: { ...left, accountId },
		rows: page.map(({ branchPath: _, ...row }): Omit<Row, "branchPath"> & { funnel: Funnel } => ({
			...row,
			funnel: funnelOf(row),
		})),
		nextAfter: rows.length > PAGE_ROWS && last ? `${last.id}~${last.branchPath}` : null,
		isFirst: place === undefined,
	};
}

function campaignsOf(tx: Tx, [from, to]: [string, string], after: Place | undefined, limit: number): Row[] {
	const place = after ? "AND (c.branch_path, c.id) < (@path, @id)" : "";
	return tx
		.sql<Row>(
			`SELECT ${LISTED_COLUMNS}, a.name AS accountName, c.branch_path AS branchPath
			FROM campaigns c ${LISTED_JOINS}
			JOIN accounts a ON a.id = c.account_id
			WHERE c.branch_path >= @from AND c.branch_path < @to ${place} ORDER BY c.branch_path DESC, c.id DESC LIMIT @limit`,
		)
		.all({ from, to, limit, ...after });
}

function readPlace(text: string | null): Place | undefined {
	const found = /^(\d{1,15})~([\d/]+)$/.exec(text ?? "");
	return found ? { id: Number(found[1]), path: found[2]! } : undefined;
}

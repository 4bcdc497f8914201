import { setImmediate as otherRequests } from "node:timers/promises";
import { PAGE_ROWS } from "#app/lib/page-by-key.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { IN_SCOPE, scopeOf } from "#app/modules/access/scope.ts";
import { readBooks, type Tx } from "#db/tx.ts";
import type { Period } from "./period.ts";
import type { Sums } from "./sums.ts";

/** Those who pay an account, one after another by their ids: each is one look-up, however many rows it has. */
const CHILDREN = `WITH RECURSIVE children(id) AS (
	SELECT min(child_id) FROM money_days WHERE account_id = @accountId AND child_id > @after
	UNION ALL
	SELECT (SELECT min(d.child_id) FROM money_days d WHERE d.account_id = @accountId AND d.child_id > children.id)
	  FROM children WHERE children.id IS NOT NULL LIMIT @most)`;

/** So many are looked at for one page; then it says how far it came. */
const LOOKED_AT = 2_000;
/** Added up in one read transaction: some thousand rows. */
const SLICE = 10;

export interface BranchRow extends Sums {
	id: number;
	/** Null: not (any more) below the reader, who may not know what it is called by now. */
	name: string | null;
}

/**
 * Those directly below an account that brought it something in a period, by their ids, 50 a page; where one page has them all, the largest
 * first.
 *
 * @param after id of the last one of the page before.
 */
export async function listBranches(
	actor: Actor,
	period: Period,
	after = 0,
): Promise<{ rows: BranchRow[]; nextAfter: number | null }> {
	const { ids, nextAfter } = readBooks((tx) => activeChildren(tx, actor.account.id, period, after));
	const rows: BranchRow[] = [];
	for (let at = 0; at < ids.length; at += SLICE) {
		await otherRequests();
		rows.push(...readBooks((tx) => sumsOf(tx, actor, ids.slice(at, at + SLICE), period)));
	}
	const isWhole = after === 0 && nextAfter === null;
	if (isWhole) rows.sort((a, b) => b.revenueMicros - a.revenueMicros || b.messages - a.messages || a.id - b.id);
	return { rows, nextAfter };
}

function activeChildren(tx: Tx, accountId: number, { fromDay, toDay }: Period, after: number) {
	const of = { accountId, after, most: LOOKED_AT };
	const ids = tx
		.sql<number>(
			`${CHILDREN} SELECT c.id FROM children c WHERE c.id IS NOT NULL AND EXISTS (
			   SELECT 1 FROM money_days d WHERE d.account_id = @accountId AND d.child_id = c.id AND d.day BETWEEN @fromDay AND @toDay)
			  LIMIT ${PAGE_ROWS + 1}`,
		)
		.pluck()
		.all({ ...of, fromDay, toDay }) as number[];
	if (ids.length > PAGE_ROWS) return { ids: ids.slice(0, PAGE_ROWS), nextAfter: ids[PAGE_ROWS - 1]! };
	const looked = tx
		.sql<{ count: number; last: number | null }>(`${CHILDREN} SELECT count(*) AS count, max(id) AS last FROM children`)
		.get(of)!;
	return { ids, nextAfter: looked.count === LOOKED_AT ? looked.last : null };
}

function sumsOf(tx: Tx, actor: Actor, ids: number[], { fromDay, toDay }: Period): BranchRow[] {
	return tx
		.sql<BranchRow>(
			`SELECT i.value AS id, (SELECT a.name FROM accounts a WHERE a.id = i.value AND ${IN_SCOPE}) AS name,
			        sum(d.messages) AS messages, sum(d.revenue_micros) AS revenueMicros, sum(d.cost_micros) AS costMicros
			   FROM json_each(@ids) i CROSS JOIN money_days d
			     ON d.account_id = @accountId AND d.child_id = i.value AND d.day BETWEEN @fromDay AND @toDay
			  GROUP BY i.value ORDER BY i.value`,
		)
		.all({ ids: JSON.stringify(ids), accountId: actor.account.id, scope: scopeOf(actor), fromDay, toDay });
}

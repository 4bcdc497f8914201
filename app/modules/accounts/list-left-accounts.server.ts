import { cutPage, PAGE_ROWS } from "#app/lib/page-by-key.ts";
import type { AccountKind, Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { IN_SCOPE, scopeOf } from "#app/modules/access/scope.ts";
import type { Tx } from "#db/tx.ts";
import { AccountNotFoundError } from "./account.errors.ts";
import { idsOf } from "./insert-account.server.ts";

/** An account that stood below the actor's with its branch, and was moved away. */
export interface LeftAccount {
	/** Of the stay. */
	id: number;
	accountId: number;
	name: string;
	kind: AccountKind;
	/** Unix ms. */
	fromUtc: number;
	untilUtc: number;
	/** It still is, or is again, in the actor's scope: it was only moved inside of it. */
	isInScope: boolean;
}

const COLUMNS = `s.id, s.moved_account_id AS accountId, a.name, a.kind, s.from_utc AS fromUtc, s.until_utc AS untilUtc,
	${IN_SCOPE} AS isInScope`;

/** What somebody limited to some accounts may know of a stay: those that were in one of them. */
const OF_BRANCHES = "EXISTS (SELECT 1 FROM json_each(@tops) t WHERE instr(s.path, t.value) > 0)";

/** The accounts that left the actor's account, the last first, 50 a page by key. */
export function listLeftAccounts(
	tx: Tx,
	actor: Actor,
	after?: number,
): { rows: LeftAccount[]; nextAfter: number | null } {
	requireRight(actor, "accounts.read");
	const rows = tx
		.sql<LeftAccount>(
			`SELECT ${COLUMNS} FROM account_stays s JOIN accounts a ON a.id = s.moved_account_id
			WHERE s.account_id = @own AND s.id < @after AND ${OF_BRANCHES} ORDER BY s.id DESC LIMIT @limit`,
		)
		.all({ ...valuesOf(actor), after: after ?? Number.MAX_SAFE_INTEGER, limit: PAGE_ROWS + 1 });
	return cutPage(rows.map((row) => ({ ...row, isInScope: Boolean(row.isInScope) })));
}

/** @throws AccountNotFoundError for a stay that was not below the actor's account. */
export function requireLeftAccount(tx: Tx, actor: Actor, stayId: number): LeftAccount & { path: string } {
	requireRight(actor, "accounts.read");
	const stay = tx
		.sql<LeftAccount & { path: string }>(
			`SELECT ${COLUMNS}, a.path FROM account_stays s JOIN accounts a ON a.id = s.moved_account_id
			WHERE s.account_id = @own AND s.id = @stayId AND ${OF_BRANCHES}`,
		)
		.get({ ...valuesOf(actor), stayId });
	if (!stay) throw new AccountNotFoundError(`no stay ${stayId}`);
	return { ...stay, isInScope: Boolean(stay.isInScope) };
}

function valuesOf(actor: Actor) {
	const tops = JSON.stringify(actor.branches.map((branch) => `/${idsOf(branch).at(-1)}/`));
	return { own: actor.account.id, scope: scopeOf(actor), tops };
}

import { cutPage, PAGE_ROWS } from "#app/lib/page-by-key.ts";
import type { AccountKind, Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { IN_SCOPE, scopeOf } from "#app/modules/access/scope.ts";
import type { Tx } from "#db/tx.ts";

export interface AccountRow {
	id: number;
	kind: AccountKind;
	name: string;
	state: "active" | "blocked" | "closed";
	timeZone: string;
	country: string;
	/** Unix ms. */
	createdAtUtc: number;
}

export interface AccountPage extends AccountRow {
	senders: { channel: string; name: string }[];
	people: { login: string; name: string; role: "owner" | "employee" }[];
}

/** People and senders shown on an account's page; there are a handful, and a page must not grow with them. */
const SHOWN_AT_MOST = 100;
const COLUMNS = "a.id, a.kind, a.name, a.state, a.time_zone AS timeZone, a.country, a.created_at_utc AS createdAtUtc";

/** The accounts directly below one of the actor's scope, newest first. Empty for an account outside of the scope. */
export function listAccountsBelow(
	tx: Tx,
	actor: Actor,
	parentId: number,
	after?: number,
): { rows: AccountRow[]; nextAfter: number | null } {
	requireRight(actor, "accounts.read");
	const rows = tx
		.sql<AccountRow>(
			`SELECT ${COLUMNS} FROM accounts a
			WHERE a.parent_id = @parentId AND a.id < @after AND ${IN_SCOPE}
			ORDER BY a.id DESC LIMIT @rows`,
		)
		.all({ parentId, after: after ?? Number.MAX_SAFE_INTEGER, scope: scopeOf(actor), rows: PAGE_ROWS + 1 });
	return cutPage(rows);
}

/** One account of the actor's scope with its senders and people; undefined for any other. */
export function accountPage(tx: Tx, actor: Actor, accountId: number): AccountPage | undefined {
	requireRight(actor, "accounts.read");
	const account = tx
		.sql<AccountRow>(`SELECT ${COLUMNS} FROM accounts a WHERE a.id = @accountId AND ${IN_SCOPE}`)
		.get({ accountId, scope: scopeOf(actor) });
	if (!account) return undefined;
	return {
		...account,
		senders: tx
			.sql<AccountPage["senders"][number]>(
				"SELECT channel, name FROM senders WHERE account_id = ? ORDER BY channel, name LIMIT ?",
			)
			.all(accountId, SHOWN_AT_MOST),
		people: tx
			.sql<AccountPage["people"][number]>(
				"SELECT login, name, role FROM users WHERE account_id = ? ORDER BY role DESC, login LIMIT ?",
			)
			.all(accountId, SHOWN_AT_MOST),
	};
}

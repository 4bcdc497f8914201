import type { AccountKind } from "#app/modules/access/actor.ts";
import type { Tx } from "#db/tx.ts";

export interface NewAccount {
	/** Undefined for the one root. */
	parentId: number | undefined;
	kind: AccountKind;
	name: string;
	timeZone: string;
	country: string;
}

/** Writes an account and its path; returns its id. */
export function createAccount(tx: Tx, account: NewAccount): number {
	const above = account.parentId === undefined ? "/" : pathOf(tx, account.parentId);
	const { lastInsertRowid } = tx
		.sql(
			"INSERT INTO accounts (parent_id, kind, path, name, time_zone, country, created_at_utc) VALUES (?, ?, ?, ?, ?, ?, ?)",
		)
		// The path ends with the row's own id, which is known only now; until then one that is no other's.
		.run(account.parentId ?? null, account.kind, "", account.name, account.timeZone, account.country, Date.now());
	const id = Number(lastInsertRowid);
	tx.sql("UPDATE accounts SET path = ? WHERE id = ?").run(`${above}${id}/`, id);
	return id;
}

function pathOf(tx: Tx, accountId: number): string {
	const row = tx.sql<{ path: string }>("SELECT path FROM accounts WHERE id = ?").get(accountId);
	if (!row) throw new Error(`there is no account ${accountId}`);
	return row.path;
}

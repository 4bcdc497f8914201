import type { Locale } from "#app/lib/locale.ts";
import { sortKey } from "#app/lib/sort-key.ts";
import type { AccountKind } from "#app/modules/access/actor.ts";
import type { Tx } from "#db/tx.ts";
import { TooDeepError } from "./account.errors.ts";

/** Accounts from the root down to the deepest, both counted. */
export const DEPTH_MAX = 16;

export interface NewAccount {
	/** Undefined for the one root. */
	parentId: number | undefined;
	kind: AccountKind;
	name: string;
	/** As users.login of its first owner. */
	ownerLogin: string;
	city?: string;
	note?: string;
	locale?: Locale;
	timeZone: string;
	country: string;
}

/**
 * Writes an account with its place in the tree; who may do that is the caller's to know.
 *
 * @throws TooDeepError
 */
export function insertAccount(tx: Tx, account: NewAccount): { id: number; path: string } {
	const above = account.parentId === undefined ? "/" : pathOf(tx, account.parentId);
	if (depthOf(above) >= DEPTH_MAX) throw new TooDeepError();
	const { city = "" } = account;
	const { lastInsertRowid } = tx
		.sql(
			`INSERT INTO accounts (parent_id, kind, path, name, name_key, owner_login, city, city_key, note, locale, time_zone,
				country, created_at_utc)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		)
		.run(
			account.parentId ?? null,
			account.kind,
			// The path ends with the row's own id, which is known only now; until then one that is no other's.
			"",
			account.name,
			sortKey(account.name),
			account.ownerLogin,
			city,
			sortKey(city),
			account.note ?? "",
			account.locale ?? "en",
			account.timeZone,
			account.country,
			Date.now(),
		);
	const id = Number(lastInsertRowid);
	const path = `${above}${id}/`;
	tx.sql("UPDATE accounts SET path = ? WHERE id = ?").run(path, id);
	growBranches(tx, above, 1);
	return { id, path };
}

/** Adds to the size of every branch that a path lies in. */
export function growBranches(tx: Tx, path: string, by: number): void {
	tx.sql("UPDATE accounts SET branch_size = branch_size + ? WHERE id IN (SELECT value FROM json_each(?))").run(
		by,
		JSON.stringify(idsOf(path)),
	);
}

/** "/1/5/9/" → [1, 5, 9]. */
export function idsOf(path: string): number[] {
	return path.split("/").filter(Boolean).map(Number);
}

export function depthOf(path: string): number {
	return idsOf(path).length;
}

function pathOf(tx: Tx, accountId: number): string {
	const row = tx.sql<{ path: string }>("SELECT path FROM accounts WHERE id = ?").get(accountId);
	if (!row) throw new Error(`there is no account ${accountId}`);
	return row.path;
}

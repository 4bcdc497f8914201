import type { Tx } from "#db/tx.ts";
import type { BookKind } from "./transfer.ts";

export interface Book {
	id: number;
	balanceMicros: number;
	creditMicros: number;
}

/** A book of an account, made when it is first needed. */
export function openBook(tx: Tx, accountId: number, kind: BookKind): Book {
	const find = tx.sql<Book>(
		`SELECT id, balance_micros AS balanceMicros, credit_micros AS creditMicros
		   FROM ledger_books WHERE account_id = ? AND kind = ?`,
	);
	const known = find.get(accountId, kind);
	if (known) return known;
	tx.sql("INSERT INTO ledger_books (account_id, kind) VALUES (?, ?)").run(accountId, kind);
	return find.get(accountId, kind)!;
}

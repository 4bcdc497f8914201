import type { Tx } from "#db/tx.ts";
import type { Contact } from "./account.schema.ts";

/** Whom to call or write to at an account (whose scope has been checked), in their order. */
export function readContacts(tx: Tx, accountId: number): Contact[] {
	return tx
		.sql<Contact>("SELECT name, phone, email FROM account_contacts WHERE account_id = ? ORDER BY position")
		.all(accountId);
}

export function writeContacts(tx: Tx, accountId: number, contacts: readonly Contact[]): void {
	tx.sql("DELETE FROM account_contacts WHERE account_id = ?").run(accountId);
	const insert = tx.sql(
		"INSERT INTO account_contacts (account_id, position, name, phone, email) VALUES (?, ?, ?, ?, ?)",
	);
	for (const [position, one] of contacts.entries()) insert.run(accountId, position, one.name, one.phone, one.email);
}

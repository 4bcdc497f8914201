import type { Tx } from "#db/tx.ts";

/** Whatever entries are about, and has a name. */
const NAMES: Record<string, string> = {
	account: "SELECT name FROM accounts WHERE id = ?",
	campaign: "SELECT name FROM campaigns WHERE id = ?",
	collection: "SELECT name FROM collections WHERE id = ?",
	user: "SELECT CASE name WHEN '' THEN login ELSE name END FROM users WHERE id = ?",
	role: "SELECT name FROM roles WHERE id = ?",
	provider: "SELECT name FROM providers WHERE id = ?",
};

/** What an entry's subject is called at this moment: "campaign:12" → "Spring sale"; null: it has no name. */
export function subjectName(tx: Tx, subject: string): string | null {
	const [kind = "", id = ""] = subject.split(":");
	const sql = NAMES[kind];
	return sql ? ((tx.sql(sql).pluck().get(Number(id)) as string | undefined) ?? null) : null;
}

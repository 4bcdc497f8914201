import type { Actor } from "#app/modules/access/actor.ts";
import { ENTRY_COLUMNS, nameEntries, type StoredEntry, type Who } from "#app/modules/audit/name-entries.server.ts";
import type { Tx } from "#db/tx.ts";
import { FACTS, type Fact, type FactTexts } from "./account-facts.ts";
import type { Account } from "./require-account.server.ts";

/** What somebody did to one fact of an account since a page was made. */
export interface Change {
	fact: Fact;
	/** When the page was made, and today. */
	was: string;
	now: string;
	who: Who;
	atUtc: number;
}

/** A page that lay open for longer than so many deeds is told only of the last of them. */
const LOOKED_THROUGH = 500;

/** What has become of an account's facts since it had this version, and by whom. */
export function changesSince(tx: Tx, actor: Actor, account: Account, version: number): Change[] {
	const entries = nameEntries(tx, actor, updatesSince(tx, account, version));
	return FACTS.flatMap((fact) => {
		const about = entries.filter(({ detail }) => (detail.changed as string[]).includes(fact));
		const [first, last] = [about[0], about.at(-1)];
		if (!first || !last) return [];
		const was = textOf(first.detail.was, fact);
		const now = textOf(last.detail.now, fact);
		// There and back again is no change to whoever did not see it.
		return was === now ? [] : [{ fact, was, now, who: last.who, atUtc: last.atUtc }];
	});
}

function updatesSince(tx: Tx, account: Account, version: number): StoredEntry[] {
	const updates = `SELECT ${ENTRY_COLUMNS} FROM (
			SELECT audit_id FROM audit_scopes WHERE account_id = @scope ORDER BY audit_id DESC LIMIT ${LOOKED_THROUGH}
		) s JOIN audit a ON a.id = s.audit_id
		WHERE a.subject = @subject AND a.verb = 'account.update' AND a.detail ->> '$.version' > @version`;
	// The note's changes are written down for those above only.
	const scopes = [account.id, account.parentId ?? account.id];
	const rows = scopes.flatMap((scope) =>
		tx.sql<StoredEntry>(updates).all({ scope, subject: `account:${account.id}`, version }),
	);
	return [...new Map(rows.map((row) => [row.id, row])).values()].sort((a, b) => a.id - b.id);
}

function textOf(json: unknown, fact: Fact): string {
	return (JSON.parse(String(json)) as Partial<FactTexts>)[fact] ?? "";
}

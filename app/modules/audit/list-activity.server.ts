import { PAGE_ROWS } from "#app/lib/page-by-key.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { hasRight, reachesOwnAccount } from "#app/modules/access/require-right.ts";
import { idsOf } from "#app/modules/accounts/insert-account.server.ts";
import type { Tx } from "#db/tx.ts";
import { ENTRY_COLUMNS, type NamedEntry, nameEntries, type StoredEntry } from "./name-entries.server.ts";

/** Entries looked through for one page: those of a busy branch below stand among the account's own. */
const SCANNED = 2_000;

/**
 * What was done in the actor's own account and to it, newest first, 50 a page: by its people and by those above it, not by those below
 * (the trail of the branch tells that). Whoever may not read the audit, or not that of the own account, reads what it has done itself.
 *
 * @param before the id that the page before ended with.
 */
export function listActivity(
	tx: Tx,
	actor: Actor,
	before = Number.MAX_SAFE_INTEGER,
): { entries: NamedEntry[]; nextBefore: number | null } {
	const scanned = tx
		.sql<StoredEntry>(
			`SELECT ${ENTRY_COLUMNS} FROM (
				SELECT audit_id FROM audit_scopes WHERE account_id = ? AND audit_id < ? ORDER BY audit_id DESC LIMIT ?
			) s CROSS JOIN audit a ON a.id = s.audit_id ORDER BY a.id DESC`,
		)
		.iterate(actor.account.id, before, SCANNED);
	const isOwn = ownEntry(actor);
	const found: StoredEntry[] = [];
	let count = 0;
	let last = 0;
	for (const entry of scanned) {
		count++;
		last = entry.id;
		if (isOwn(entry)) found.push(entry);
		if (found.length > PAGE_ROWS) break;
	}
	const entries = nameEntries(tx, actor, found.slice(0, PAGE_ROWS));
	if (found.length > PAGE_ROWS) return { entries, nextBefore: found[PAGE_ROWS - 1]!.id };
	return { entries, nextBefore: count === SCANNED ? last : null };
}

function ownEntry(actor: Actor): (entry: StoredEntry) => boolean {
	const { userId } = actor;
	if (!hasRight(actor, "audit.read") || !reachesOwnAccount(actor))
		return (entry) => entry.userId === userId && entry.behindUserId === null;
	const own = actor.account.id;
	const ownSubject = `account:${own}`;
	const above = new Set(idsOf(actor.account.path).slice(0, -1));
	return ({ accountId, subject }) =>
		accountId === own || (above.has(accountId) && (!subject.startsWith("account:") || subject === ownSubject));
}

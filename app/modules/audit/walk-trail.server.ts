import type { Tx } from "#db/tx.ts";
import { ENTRY_COLUMNS, type StoredEntry } from "./name-entries.server.ts";
import type { TrailRange } from "./trail-range.server.ts";

/** So many entries are looked at for one answer; then it says how far it came, and the reader looks on. */
export const ENTRIES_SCANNED = 4_000;

/**
 * The newest entries of a range that pass its filter, at most `count`, among at most ENTRIES_SCANNED.
 *
 * @param before the id that the walk before ended with.
 * @returns `nextBefore`: where to go on; null: there is nothing older.
 */
export function walkTrail(
	tx: Tx,
	range: TrailRange,
	count: number,
	before = Number.MAX_SAFE_INTEGER,
): { entries: StoredEntry[]; nextBefore: number | null } {
	const { rootIds, fromId } = range;
	if (rootIds.length === 0) return { entries: [], nextBefore: null };
	const top = Math.min(before, range.beforeId);
	const scanned = Math.max(1, Math.floor(ENTRIES_SCANNED / rootIds.length));
	// Every scope has been looked at down to here: below it the walk knows nothing yet.
	const floor = Math.max(...rootIds.map((rootId) => reach(tx, { rootId, top, fromId, scanned })));
	const found = new Map<number, StoredEntry>();
	for (const rootId of rootIds)
		for (const entry of entriesOf(tx, range, { rootId, top, floor, count: count + 1 })) found.set(entry.id, entry);
	const newest = [...found.values()].sort((a, b) => b.id - a.id);
	const entries = newest.slice(0, count);
	if (newest.length > count) return { entries, nextBefore: entries.at(-1)!.id };
	return { entries, nextBefore: floor > fromId ? floor : null };
}

/** The id that so many entries of a scope reach down to; where it has fewer, the range's beginning. */
function reach(tx: Tx, at: { rootId: number; top: number; fromId: number; scanned: number }): number {
	const row = tx
		.sql<{ id: number }>(
			`SELECT audit_id AS id FROM audit_scopes WHERE account_id = ? AND audit_id < ? AND audit_id >= ?
			ORDER BY audit_id DESC LIMIT 1 OFFSET ?`,
		)
		.get(at.rootId, at.top, at.fromId, at.scanned - 1);
	return row?.id ?? at.fromId;
}

function entriesOf(
	tx: Tx,
	{ ownId, userId, words }: TrailRange,
	at: { rootId: number; top: number; floor: number; count: number },
): StoredEntry[] {
	return tx
		.sql<StoredEntry>(
			`SELECT ${ENTRY_COLUMNS} FROM audit_scopes s CROSS JOIN audit a ON a.id = s.audit_id
			WHERE s.account_id = @rootId AND s.audit_id < @top AND s.audit_id >= @floor
				AND (@rootId = @ownId OR EXISTS (SELECT 1 FROM audit_scopes o WHERE o.account_id = @ownId AND o.audit_id = s.audit_id))
				AND (@userId IS NULL OR a.user_id = @userId OR a.behind_user_id = @userId)
				AND (@words IS NULL OR substr(a.verb, 1, instr(a.verb || '.', '.') - 1) IN (SELECT value FROM json_each(@words)))
			ORDER BY s.audit_id DESC LIMIT @count`,
		)
		.all({ ownId, userId, words, ...at });
}

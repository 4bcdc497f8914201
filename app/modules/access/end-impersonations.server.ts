import type { Tx } from "#db/tx.ts";

export interface EndedLevel {
	id: number;
	accountId: number;
	path: string;
	outerId: number | null;
	/** Whether it would have gone on. */
	wasLiving: boolean;
}

/**
 * Writes down the end of the cabinets that a session is inside of, innermost first, up to `lastId` (every one, where it is
 * undefined). Nothing happens, and nothing is returned, where `lastId` is not among them.
 */
export function endImpersonations(
	tx: Tx,
	behindUserId: number,
	innermostId: number | null,
	lastId?: number,
): EndedLevel[] {
	const levels: EndedLevel[] = [];
	const now = Date.now();
	for (let at = innermostId; at !== null && (levels.length === 0 || levels.at(-1)?.id !== lastId); ) {
		const level = tx
			.sql<Omit<EndedLevel, "wasLiving"> & { endsAtUtc: number; endedAtUtc: number | null }>(
				`SELECT i.id, i.account_id AS accountId, a.path, i.outer_id AS outerId, i.ends_at_utc AS endsAtUtc,
					i.ended_at_utc AS endedAtUtc
				FROM impersonations i JOIN accounts a ON a.id = i.account_id WHERE i.id = ? AND i.behind_user_id = ?`,
			)
			.get(at, behindUserId);
		if (!level) break;
		const { endsAtUtc, endedAtUtc, ...rest } = level;
		levels.push({ ...rest, wasLiving: endedAtUtc === null && endsAtUtc > now });
		at = level.outerId;
	}
	if (lastId !== undefined && levels.at(-1)?.id !== lastId) return [];
	for (const { id, accountId } of levels)
		tx.sql(
			`UPDATE impersonations SET ended_at_utc = min(?, ends_at_utc) WHERE id = ? AND account_id = ? AND ended_at_utc IS NULL`,
		).run(now, id, accountId);
	return levels;
}

import { startOfDay } from "#app/modules/accounts/account-filter.ts";
import { dayAfter } from "#app/modules/audit/trail-range.server.ts";
import type { Tx } from "#db/tx.ts";

/** A stretch of transfers: from the one id up to, not including, the other. */
export interface PeriodIds {
	fromId: number;
	beforeId: number;
}

/**
 * Which transfers lie in a period. They are written in the order of time, so that each end is one look-up.
 *
 * @param period local dates, both included; "": no end.
 */
export function periodIds(tx: Tx, period: { from: string; to: string }, timeZone: string): PeriodIds {
	const fromUtc = startOfDay(period.from, timeZone);
	const untilUtc = period.to ? startOfDay(dayAfter(period.to), timeZone) : null;
	return {
		fromId: fromUtc === null ? 0 : firstSince(tx, fromUtc),
		beforeId: untilUtc === null ? Number.MAX_SAFE_INTEGER : firstSince(tx, untilUtc),
	};
}

function firstSince(tx: Tx, sinceUtc: number): number {
	const row = tx
		.sql<{ id: number }>("SELECT id FROM transfers WHERE at_utc >= ? ORDER BY at_utc, id LIMIT 1")
		.get(sinceUtc);
	return row?.id ?? Number.MAX_SAFE_INTEGER;
}

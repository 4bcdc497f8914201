import type { moneyDays } from "#db/schema/index.ts";

/**
 * Days of money are days of UTC, for everybody: the one clock that never jumps and that nobody's settings move, so that a bill that was
 * made says the same as a recount years later. Pages say so beside their dates.
 */
const DAY_MS = 86_400_000;

/** Days since 1970-01-01, UTC. */
export function dayOf(utc: number): number {
	return Math.floor(utc / DAY_MS);
}

/** 20000 → "2024-10-04", as `<input type=date>` has it. */
export function dateOfDay(day: number): string {
	return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** "2024-10-04" → 20000; undefined: no such date. */
export function dayOfDate(date: string): number | undefined {
	const utc = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
	// "2026-02-31" is read as a day of March.
	return Number.isNaN(utc) || dateOfDay(dayOf(utc)) !== date ? undefined : dayOf(utc);
}

/** First moment of a day, unix ms. */
export function utcOfDay(day: number): number {
	return day * DAY_MS;
}

/** What an account gets of those below it and pays to the one above, of one day and whatever else it is counted by. */
export interface DayRow {
	accountId: number;
	/** Who pays it: an account directly below it at that time; itself for what it sends itself. */
	childId: number;
	/** "": of fees, which are of no channel. */
	channel: (typeof moneyDays.$inferSelect)["channel"];
	/** ISO 3166; "": not known, and of fees. */
	country: string;
	/** ContentKind of app/channels/channel.ts; "fee". */
	kind: string;
	/** Charged, less those given back; of fees none. */
	messages: number;
	/** What the level below pays it. */
	revenueMicros: number;
	/** What it pays to its own parent; the root: to providers. */
	costMicros: number;
}

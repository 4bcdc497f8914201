import { startOfDay } from "#app/modules/accounts/account-filter.ts";
import { localOf } from "#app/modules/campaigns/local-time.ts";

/** The month that a zone's calendar shows: "2026-11". */
export function monthOf(utc: number, timeZone: string): string {
	return localOf(utc, timeZone).date.slice(0, 7);
}

/** So many months later, or earlier below zero: ("2026-11", 2) → "2027-01". */
export function monthPlus(month: string, count: number): string {
	const [year, of] = month.split("-").map(Number) as [number, number];
	return new Date(Date.UTC(year, of - 1 + count, 1)).toISOString().slice(0, 7);
}

/** Unix ms at which a month begins by a zone's clock. */
export function monthStart(month: string, timeZone: string): number {
	return startOfDay(`${month}-01`, timeZone)!;
}

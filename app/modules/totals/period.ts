import { dateOfDay, dayOf, dayOfDate } from "#app/modules/ledger/money-day.ts";

/** Longer ones would not be read by anybody as one chart, and cost more than a page may. */
export const PERIOD_MAX_DAYS = 400;
/** Up to here each day has its own bar and line; beyond, each month. */
const BY_DAY_MAX = 62;

export const PRESETS = ["today", "week", "days30", "month", "last_month"] as const;
export type Preset = (typeof PRESETS)[number];

/** Days of UTC, both included. */
export interface Period {
	/** "2026-11-21" */
	from: string;
	to: string;
	fromDay: number;
	toDay: number;
	unit: "day" | "month";
	/** The preset that it is; undefined: dates of somebody's own. */
	preset?: Preset;
}

const monthStart = (date: string) => `${date.slice(0, 7)}-01`;

/** What a preset means today. @param today day of UTC. */
export function presetDates(preset: Preset, today: number): { from: string; to: string } {
	const to = dateOfDay(today);
	if (preset === "today") return { from: to, to };
	if (preset === "week") return { from: dateOfDay(today - 6), to };
	if (preset === "days30") return { from: dateOfDay(today - 29), to };
	if (preset === "month") return { from: monthStart(to), to };
	const last = dateOfDay(dayOfDate(monthStart(to))! - 1);
	return { from: monthStart(last), to: last };
}

/**
 * The period that an address asks for ("from=2026-11-01&to=2026-11-21"); the last 30 days where it asks for none. Dates that are the wrong way
 * round are turned; of what is too long the later end is kept.
 */
export function readPeriod(query: URLSearchParams, now = Date.now()): Period {
	const today = dayOf(now);
	const usual = presetDates("days30", today);
	const typed = ["from", "to"].map((name) => dayOfDate(query.get(name) ?? ""));
	const first = typed[0] ?? Math.min(dayOfDate(usual.from)!, typed[1] ?? Number.MAX_SAFE_INTEGER);
	const last = typed[1] ?? Math.max(today, first);
	const toDay = Math.max(first, last);
	const fromDay = Math.max(Math.min(first, last), toDay - PERIOD_MAX_DAYS + 1);
	const dates = { from: dateOfDay(fromDay), to: dateOfDay(toDay) };
	const preset = PRESETS.find((one) => {
		const { from, to } = presetDates(one, today);
		return from === dates.from && to === dates.to;
	});
	return { ...dates, fromDay, toDay, unit: toDay - fromDay < BY_DAY_MAX ? "day" : "month", preset };
}

/** Every day ("2026-11-21") or month ("2026-11") of a period, also those on which nothing was. */
export function allUnits({ fromDay, toDay, unit }: Period): string[] {
	const days = Array.from({ length: toDay - fromDay + 1 }, (_, at) => dateOfDay(fromDay + at));
	return unit === "day" ? days : [...new Set(days.map((day) => day.slice(0, 7)))];
}

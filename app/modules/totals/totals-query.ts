import { dayOf } from "#app/modules/ledger/money-day.ts";
import { type Period, PRESETS, type Preset, presetDates, readPeriod } from "./period.ts";

const TYPED_MAX = 100;

/** What the address of a page of totals asks for, and the addresses of the ready-made periods for the same branch. */
export function readTotalsQuery(
	url: string,
	now = Date.now(),
): { period: Period; branch: string; presets: Record<Preset, string> } {
	const query = new URL(url).searchParams;
	const branch = (query.get("branch") ?? "").trim().slice(0, TYPED_MAX);
	const presets = PRESETS.map((preset) => [
		preset,
		String(new URLSearchParams({ ...presetDates(preset, dayOf(now)), ...(branch && { branch }) })),
	]);
	return { period: readPeriod(query, now), branch, presets: Object.fromEntries(presets) };
}

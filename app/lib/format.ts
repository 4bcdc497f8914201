import type { Locale } from "./locale.ts";

/** Latin digits everywhere: figures are compared with providers' reports and bank papers. */
function tag(locale: Locale): string {
	return `${locale === "en" ? "en-GB" : locale}-u-nu-latn`;
}

const made = new Map<string, unknown>();
/** Intl's formatters cost some 50 µs to make and are kept. */
function kept<T>(key: string, make: () => T): T {
	let one = made.get(key) as T | undefined;
	if (!one) {
		if (made.size > 2_000) made.clear();
		one = make();
		made.set(key, one);
	}
	return one;
}

export function formatNumber(locale: Locale, value: number, options: Intl.NumberFormatOptions = {}): string {
	return kept(`n${locale}${JSON.stringify(options)}`, () => new Intl.NumberFormat(tag(locale), options)).format(value);
}

/** `share` from 0 to 1: "0%", "<0.1%", "12.5%", "100%". Never rounds a part to nothing or to all. */
export function formatShare(locale: Locale, share: number): string {
	const percent = (value: number, digits: number) =>
		formatNumber(locale, value, { style: "percent", maximumFractionDigits: digits });
	if (share > 0 && share < 0.001) return `<${percent(0.001, 1)}`;
	if (share < 1 && share > 0.999) return `>${percent(0.999, 1)}`;
	return percent(share, 1);
}

export type DateStyle = "date" | "month" | "dateTime" | "dateTimeSeconds" | "time";

const dateOptions: Record<DateStyle, Intl.DateTimeFormatOptions> = {
	date: { dateStyle: "medium" },
	month: { month: "long", year: "numeric" },
	dateTime: { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" },
	dateTimeSeconds: {
		day: "numeric",
		month: "short",
		year: "numeric",
		hour: "2-digit",
		minute: "2-digit",
		second: "2-digit",
	},
	time: { hour: "2-digit", minute: "2-digit" },
};

/** @param atUtc unix ms. */
export function formatMoment(locale: Locale, timeZone: string, atUtc: number, style: DateStyle = "dateTime"): string {
	return kept(
		`d${locale}${timeZone}${style}`,
		() => new Intl.DateTimeFormat(tag(locale), { ...dateOptions[style], timeZone }),
	).format(atUtc);
}

/** @param month "2026-11" */
export function formatMonth(locale: Locale, month: string): string {
	const options = { month: "long", year: "numeric", timeZone: "UTC" } as const;
	return kept(`m${locale}`, () => new Intl.DateTimeFormat(tag(locale), options)).format(Date.parse(`${month}-01`));
}

/** "1 hr 5 min": the two largest units of a span. */
export function formatDuration(locale: Locale, ms: number): string {
	let seconds = Math.max(0, Math.round(ms / 1000));
	const parts: string[] = [];
	const units = [
		["day", 86_400],
		["hour", 3_600],
		["minute", 60],
		["second", 1],
	] as const;
	for (const [unit, size] of units) {
		const count = Math.floor(seconds / size);
		seconds -= count * size;
		if (count > 0 || (unit === "second" && parts.length === 0)) {
			parts.push(formatNumber(locale, count, { style: "unit", unit, unitDisplay: "short" }));
		} else if (parts.length > 0) break;
		if (parts.length === 2) break;
	}
	return parts.join(" ");
}

/** Bytes for people: "14 KB", "1.5 MB". */
export function formatBytes(locale: Locale, bytes: number): string {
	const steps = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
	let step = 0;
	let value = bytes;
	while (value >= 1024 && step < steps.length - 1) {
		value /= 1024;
		step++;
	}
	return formatNumber(locale, value, {
		style: "unit",
		unit: steps[step],
		unitDisplay: "short",
		maximumFractionDigits: value < 10 && step > 0 ? 1 : 0,
	});
}

import { expect, it } from "vitest";
import { formatBytes, formatDuration, formatMoment, formatNumber, formatShare } from "./format.ts";
import { LOCALES } from "./locale.ts";

it("groups figures by language, in Latin digits everywhere", () => {
	expect(LOCALES.map((locale) => formatNumber(locale, 1_234_567))).toEqual([
		"1,234,567",
		"1\u00a0234\u00a0567",
		"12,34,567",
		"1,234,567",
	]);
});

it.each([
	[0, "0%"],
	[0.000_01, "<0.1%"],
	[0.125, "12.5%"],
	[0.999_99, ">99.9%"],
	[1, "100%"],
])("a share of %d never rounds a part to nothing or to all", (share, text) => {
	expect(formatShare("en", share)).toBe(text);
});

it("shows a moment in the account's zone", () => {
	const at = Date.UTC(2026, 5, 30, 22, 5);
	expect(formatMoment("en", "UTC", at)).toBe("30 Jun 2026, 22:05");
	expect(formatMoment("en", "Europe/Kyiv", at)).toBe("1 Jul 2026, 01:05");
	expect(formatMoment("ar", "Asia/Kolkata", at, "time")).toContain("03:35");
});

it.each([
	[0, "0 secs"],
	[59_400, "59 secs"],
	[61_000, "1 min 1 sec"],
	[3_600_000, "1 hr"],
	[3_605_000, "1 hr"],
	[90_061_000, "1 day 1 hr"],
])("says %d ms in the two largest units", (ms, text) => {
	expect(formatDuration("en", ms)).toBe(text);
});

it.each([
	[900, "900 byte"],
	[262_144, "256 kB"],
	[1_572_864, "1.5 MB"],
])("says %d bytes for people", (bytes, text) => {
	expect(formatBytes("en", bytes)).toBe(text);
});

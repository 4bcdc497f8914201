import { expect, it } from "vitest";
import fc from "#app/testing/fc.ts";
import { isShownTwice, localOf, momentOf } from "./local-time.ts";

it.each([
	["2026-06-01", "10:00", "Europe/Kyiv", { kind: "once", utc: Date.UTC(2026, 5, 1, 7, 0) }],
	["2026-06-01", "10:00", "Asia/Kolkata", { kind: "once", utc: Date.UTC(2026, 5, 1, 4, 30) }],
	["2026-03-29", "02:30", "Europe/Kyiv", { kind: "once", utc: Date.UTC(2026, 2, 29, 0, 30) }],
	["2026-03-29", "03:30", "Europe/Kyiv", { kind: "never" }],
	["2026-10-25", "03:30", "Europe/Kyiv", { kind: "twice", utc: Date.UTC(2026, 9, 25, 0, 30) }],
	["2026-03-08", "02:30", "America/New_York", { kind: "never" }],
	["2026-11-01", "01:30", "America/New_York", { kind: "twice", utc: Date.UTC(2026, 10, 1, 5, 30) }],
	// Lord Howe's clock moves by half an hour.
	["2026-10-04", "02:15", "Australia/Lord_Howe", { kind: "never" }],
	["2026-04-05", "01:45", "Australia/Lord_Howe", { kind: "twice", utc: Date.UTC(2026, 3, 4, 14, 45) }],
	// Samoa had no 30 December 2011.
	["2011-12-30", "12:00", "Pacific/Apia", { kind: "never" }],
	["2026-02-30", "12:00", "UTC", { kind: "never" }],
	["rubbish", "12:00", "UTC", { kind: "never" }],
	["2026-02-20", "25:00", "UTC", { kind: "never" }],
])("%s %s in %s", (date, time, zone, expected) => {
	expect(momentOf(date, time, zone)).toEqual(expected);
});

it("finds the moment that any clock shows, or its first where it shows it twice", () => {
	const zones = fc.constantFrom("Europe/Kyiv", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC");
	const minutes = fc.integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2028, 0, 1) / 60_000 });
	fc.assert(
		fc.property(minutes, zones, (minute, zone) => {
			const utc = minute * 60_000;
			const { date, time } = localOf(utc, zone);
			const moment = momentOf(date, time, zone);
			if (moment.kind === "never") throw new Error("the clock shows it");
			if (moment.utc === utc) return;
			expect(moment.kind).toBe("twice");
			expect(isShownTwice(utc, zone)).toBe(true);
			expect(utc - moment.utc).toBeGreaterThan(0);
		}),
	);
});

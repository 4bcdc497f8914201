import { expect, it } from "vitest";
import { momentOfLocalTime } from "./local-time.ts";

it.each([
	["2026-03-01 11:00:05", "Europe/Kiev", "2026-03-01T09:00:05Z"],
	["2026-07-01 11:00", "Europe/Kiev", "2026-07-01T08:00:00Z"],
	// The clocks go forward at 3:00 on 29 March, and back at 4:00 on 25 October.
	["2026-03-29 02:59:59", "Europe/Kiev", "2026-03-29T00:59:59Z"],
	["2026-03-29 04:00:00", "Europe/Kiev", "2026-03-29T01:00:00Z"],
	["2026-10-25 04:00:00", "Europe/Kiev", "2026-10-25T02:00:00Z"],
	["2026-01-01 00:00:00", "America/New_York", "2026-01-01T05:00:00Z"],
	["2026-01-01T00:00:00", "UTC", "2026-01-01T00:00:00Z"],
])("%s in %s is %s", (text, zone, utc) => {
	expect(momentOfLocalTime(text, zone)).toBe(Date.parse(utc));
});

it.each(["", "yesterday", "2026-03-01", null, 5, "2026-03-01 11:00:05Z"])("%s is no local time", (text) => {
	expect(momentOfLocalTime(text, "Europe/Kiev")).toBeUndefined();
});

import { describe, expect, it } from "vitest";
import { PERIOD_MAX_DAYS, readPeriod } from "./period.ts";

const NOW = Date.parse("2026-03-05T23:30:00Z");
const read = (query: string) => readPeriod(new URLSearchParams(query), NOW);
const dates = (query: string) => [read(query).from, read(query).to];

describe("a period", () => {
	it("is the last 30 days where none is asked for, or what is asked for is no date", () => {
		for (const query of ["", "from=rubbish&to=2026-02-31"]) {
			expect(dates(query)).toEqual(["2026-02-04", "2026-03-05"]);
			expect(read(query).preset).toBe("days30");
		}
	});

	it("has both its ends, also the wrong way round", () => {
		expect(dates("from=2026-02-10&to=2026-02-12")).toEqual(["2026-02-10", "2026-02-12"]);
		expect(dates("from=2026-02-12&to=2026-02-10")).toEqual(["2026-02-10", "2026-02-12"]);
		expect(dates("to=2026-01-10")).toEqual(["2026-01-10", "2026-01-10"]);
		expect(dates("from=2026-04-10")).toEqual(["2026-04-10", "2026-04-10"]);
	});

	it("is cut to its later end, and shown by months where it is long", () => {
		const { fromDay, toDay, unit, to } = read("from=2001-01-01&to=2026-03-01");
		expect([toDay - fromDay + 1, unit, to]).toEqual([PERIOD_MAX_DAYS, "month", "2026-03-01"]);
		expect(read("from=2026-01-01&to=2026-03-03").unit).toBe("day");
	});

	it("knows the ready-made ones", () => {
		expect(read("from=2026-03-05&to=2026-03-05").preset).toBe("today");
		expect(read("from=2026-03-01&to=2026-03-05").preset).toBe("month");
		expect(read("from=2026-02-01&to=2026-02-28").preset).toBe("last_month");
	});
});

import { describe, expect, it } from "vitest";
import { blockForm, REASON_MAX } from "./block.schema.ts";

const now = Date.parse("2026-03-20T10:00:00Z");
const form = blockForm({ timeZone: "Europe/Kyiv", now });
const issues = (input: object) => form.safeParse(input).error?.issues.map(({ path, message }) => `${path}: ${message}`);

describe("the form of a block", () => {
	it.each([
		[{ ends: "open" }, null],
		[{ ends: "hour" }, now + 3_600_000],
		[{ ends: "week", date: "rubbish" }, now + 7 * 86_400_000],
		// By the clock of the zone, which is two hours ahead.
		[{ ends: "at", date: "2026-03-21", time: "12:00" }, Date.parse("2026-03-21T10:00:00Z")],
	])("reads %j", (ends, untilUtc) => {
		expect(form.parse({ reason: " Unpaid\r\nsince May ", ...ends })).toEqual({ reason: "Unpaid\nsince May", untilUtc });
	});

	it.each([
		[{ ends: "open" }, ["reason: blocks:error.reason_missing"]],
		[{ ends: "open", reason: "  " }, ["reason: blocks:error.reason_missing"]],
		[
			{ ends: "open", reason: "x".repeat(REASON_MAX + 1) },
			[`reason: blocks:error.reason_too_long|{"max":${REASON_MAX}}`],
		],
		[{ ends: "open", reason: "a\u0000b" }, ["reason: blocks:error.reason_control"]],
		[{ reason: "x" }, ["ends: blocks:error.ends_missing"]],
		[{ reason: "x", ends: "for ever" }, ["ends: blocks:error.ends_missing"]],
		[{ reason: "x", ends: "at" }, ["date: blocks:error.date_missing"]],
		[{ reason: "x", ends: "at", date: "2026-03-21" }, ["time: blocks:error.time_missing"]],
		[{ reason: "x", ends: "at", date: "2026-03-20", time: "12:00" }, ["date: blocks:error.past"]],
		// The clock is set from 3 to 4.
		[{ reason: "x", ends: "at", date: "2026-03-29", time: "03:30" }, ["time: blocks:error.time_never"]],
		[{ reason: "x", ends: "at", date: "2040-01-01", time: "12:00" }, ['date: blocks:error.too_far|{"days":1826}']],
		// Both at once.
		[{ reason: "", ends: "at" }, ["reason: blocks:error.reason_missing", "date: blocks:error.date_missing"]],
	])("says of %j what is wrong", (input, wrong) => {
		expect(issues(input)).toEqual(wrong);
	});
});

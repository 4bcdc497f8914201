import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { retryAfterMsOf } from "./retry-after.ts";

beforeEach(() => {
	vi.useFakeTimers({ now: Date.UTC(2026, 2, 1, 9, 0, 0) });
});
afterEach(() => {
	vi.useRealTimers();
});

it.each([
	["0", 0],
	["7", 7_000],
	["0.25", 250],
	["Sun, 01 Mar 2026 09:00:30 GMT", 30_000],
	["Sun, 01 Mar 2026 08:00:00 GMT", 0],
	["999999999", 3_600_000],
	[["3", "9"], 3_000],
	["-5x", undefined],
	["soon", undefined],
	["", undefined],
	[undefined, undefined],
])("Retry-After: %s is %s ms", (header, ms) => {
	expect(retryAfterMsOf(header)).toBe(ms);
});

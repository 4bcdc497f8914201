import { expect, it } from "vitest";
import { durationMs } from "./duration.ts";

it.each([
	["10s", 10_000],
	["1m30s", 90_000],
	["500ms", 500],
	["1.5s", 1_500],
	["0s", null],
	["10", null],
	["s", null],
	["10 s", null],
	["", null],
])("%s is %s ms", (text, ms) => {
	expect(durationMs(text)).toBe(ms);
});

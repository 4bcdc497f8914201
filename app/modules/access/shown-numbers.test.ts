import { expect, it } from "vitest";
import { ALL_RIGHTS, type Right } from "./rights.ts";
import { shownNumber, shownTyped } from "./shown-numbers.ts";

const sees = { rights: ALL_RIGHTS };
const seesNot = { rights: new Set<Right>([...ALL_RIGHTS].filter((right) => right !== "numbers.read")) };

it.each([
	["+380671234545", "+38067•••••45"],
	["+14155552671", "+1415•••••71"],
	["+37255501234", "+3725•••••34"],
	["+2905123", "+•••••23"],
	["+12", "+••"],
	["380671234545", "38067•••••45"],
])("masks %s as %s", (number, masked) => {
	expect(shownNumber(seesNot, number)).toBe(masked);
	expect(shownNumber(sees, number)).toBe(number);
});

it.each([
	["+380 (67) 123-45-45 ext", "+••• (••) •••-••-45 ext"],
	["0671111111; 0672222222", "••••••••••; ••••••••22"],
	["٠٦٧١٢٣٤٥٦٧ رقم", "••••••••٦٧ رقم"],
	["3.80671E+11", "•.•••••E+11"],
	["12", "12"],
	["", ""],
	["hello", "hello"],
])("of what was typed, %s, shows %s", (typed, masked) => {
	expect(shownTyped(seesNot, typed)).toBe(masked);
	expect(shownTyped(sees, typed)).toBe(typed);
});

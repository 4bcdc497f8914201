import { describe, expect, it } from "vitest";
import fc from "#app/testing/fc.ts";
import { GSM_BASIC, GSM_EXTENDED, smsParts } from "./sms-parts.ts";
import { SMS_CASES, smsTexts } from "./testing/sms-texts.ts";

it.each(SMS_CASES)("%j is %s in %i part(s) with %i left", (text, encoding, parts, left) => {
	expect(smsParts(text)).toMatchObject({ encoding, parts, left });
});

it("keeps an escaped character, and an emoji, whole: they move to the next part", () => {
	// 153 septets would end between the escape and its letter.
	expect(smsParts(`${"a".repeat(152)}€${"a".repeat(151)}`)).toMatchObject({ units: 305, parts: 2, left: 0 });
	expect(smsParts(`${"a".repeat(152)}€${"a".repeat(152)}`)).toMatchObject({ units: 306, parts: 3 });
	expect(smsParts(`${"я".repeat(66)}😀${"я".repeat(65)}`)).toMatchObject({ units: 133, parts: 2, left: 0 });
	expect(smsParts(`${"я".repeat(66)}😀${"я".repeat(66)}`)).toMatchObject({ units: 134, parts: 3 });
});

describe("for whatever text", () => {
	it("there is room for it in its parts, and one more letter costs a part exactly when nothing is left", () => {
		fc.assert(
			fc.property(smsTexts, (text) => {
				const { encoding, parts, units, left } = smsParts(text);
				const room = encoding === "gsm7" ? (parts === 1 ? 160 : 153) : parts === 1 ? 70 : 67;
				expect(units).toBeLessThanOrEqual(parts * room);
				expect(units).toBeGreaterThan((parts - 1) * (room - 1) - 1);
				const more = smsParts(`${text}a`);
				expect(more.encoding).toBe(encoding);
				if (left > 0) expect(more.parts).toBe(parts);
				else expect(more.parts).toBeGreaterThan(parts);
			}),
		);
	});
});

it("the alphabets hold each character once: 128 codes, of which one is the escape", () => {
	expect(new Set(GSM_BASIC).size).toBe(127);
	expect([...GSM_BASIC].filter((one) => GSM_EXTENDED.includes(one))).toEqual([]);
	expect(new Set(GSM_EXTENDED).size).toBe(10);
});

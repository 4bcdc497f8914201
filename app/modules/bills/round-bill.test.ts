import { describe, expect, it } from "vitest";
import { roundToCurrency, taxIn } from "./round-bill.ts";

describe("a bill's rounding", () => {
	it("is to what the currency is paid in, halves away from zero", () => {
		expect(roundToCurrency(12_344_999, "EUR")).toBe(12_340_000);
		expect(roundToCurrency(12_345_000, "EUR")).toBe(12_350_000);
		expect(roundToCurrency(-12_345_000, "EUR")).toBe(-12_350_000);
		expect(roundToCurrency(1_500_000, "JPY")).toBe(2_000_000);
		expect(roundToCurrency(1_234_400, "KWD")).toBe(1_234_000);
	});

	it("takes the tax out of the total, and of the opposite total the opposite", () => {
		expect(taxIn(120_000_000, 2_000, "EUR")).toBe(20_000_000);
		expect(taxIn(100_000_000, 1_900, "EUR")).toBe(15_970_000);
		expect(taxIn(-100_000_000, 1_900, "EUR")).toBe(-15_970_000);
		expect(taxIn(100_000_000, 0, "EUR")).toBe(0);
		expect(taxIn(9_007_199_250_000_000, 10_000, "EUR")).toBe(4_503_599_625_000_000);
	});
});

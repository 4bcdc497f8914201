const MICRO_DIGITS = 6;
const HUNDREDTHS = 10_000n;

/**
 * Rounds a sum to what its currency is paid in (two decimals of a euro, none of a yen), halves away from zero. The one rounding of a bill.
 *
 * @param currency ISO 4217
 */
export function roundToCurrency(micros: number, currency: string): number {
	const unit = unitOf(currency);
	return Number(rounded(BigInt(micros), unit) * unit);
}

/**
 * The tax that a total has in it, rounded like the total.
 *
 * @param taxRate hundredths of a percent
 */
export function taxIn(totalMicros: number, taxRate: number, currency: string): number {
	const unit = unitOf(currency);
	return Number(rounded(BigInt(totalMicros) * BigInt(taxRate), (HUNDREDTHS + BigInt(taxRate)) * unit) * unit);
}

/** The smallest sum that is paid in a currency, micro-units. */
function unitOf(currency: string): bigint {
	const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat("en", {
		style: "currency",
		currency,
	}).resolvedOptions();
	return 10n ** BigInt(Math.max(0, MICRO_DIGITS - digits));
}

/** A division that rounds halves away from zero. */
function rounded(of: bigint, by: bigint): bigint {
	const size = of < 0n ? -of : of;
	const whole = (2n * size + by) / (2n * by);
	return of < 0n ? -whole : whole;
}

import { asciiDigits } from "./ascii-digits.ts";
import { formatNumber } from "./format.ts";
import type { Locale } from "./locale.ts";

const MICROS = 1_000_000;
/** Twelve digits before the point keep the sum below 2^53. */
const AMOUNT = /^(\d{1,9})(?:[.,](\d{1,6}))?$/;

/** "0.0083", "0,0083", "٠٫٠٠٨٣" → 8300 micro-units. Undefined for what is no amount, is negative, or has more than six decimals. */
export function readMicros(typed: string): number | undefined {
	const parts = AMOUNT.exec(asciiDigits(typed.trim()).replace("٫", "."));
	if (!parts) return undefined;
	return Number(parts[1]) * MICROS + Number((parts[2] ?? "").padEnd(6, "0"));
}

/** 8300 → "0.0083", as forms take it again. */
export function writeMicros(micros: number): string {
	const sign = micros < 0 ? "-" : "";
	const whole = Math.floor(Math.abs(micros) / MICROS);
	const rest = String(Math.abs(micros) % MICROS)
		.padStart(6, "0")
		.replace(/0+$/, "");
	return `${sign}${whole}${rest && `.${rest}`}`;
}

/**
 * The same without the currency, for where that stands beside or above: "12.50", and "+12.50" where `isSigned`.
 */
export function formatMicros(locale: Locale, micros: number, isSigned = false): string {
	return formatNumber(locale, micros / MICROS, {
		minimumFractionDigits: 2,
		maximumFractionDigits: 6,
		...(isSigned && { signDisplay: "exceptZero" as const }),
	});
}

/** "EUR 12.50": for a place where there is room for no more, down to whole hundredths, so that it never says more than there is. */
export function formatMoneyShort(locale: Locale, micros: number, currency: string): string {
	return formatMoney(locale, Math.floor(micros / 10_000) * 10_000, currency);
}

/**
 * As people of a language read it, with all the decimals that there are: "EUR 0.0083". By its code: "$" is the sign of many.
 *
 * @param currency ISO 4217.
 */
export function formatMoney(locale: Locale, micros: number, currency: string): string {
	return formatNumber(locale, micros / MICROS, {
		style: "currency",
		currency,
		currencyDisplay: "code",
		minimumFractionDigits: 2,
		maximumFractionDigits: 6,
	});
}

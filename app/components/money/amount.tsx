import { formatMicros, formatMoney } from "#app/lib/micros.ts";
import { usePage } from "#app/lib/page-context.ts";

/** A sum in a table whose head names the currency: `<Amount micros={row.amountMicros} isSigned />` → +12.50. Never broken, read from the left. */
export function Amount({ micros, isSigned }: { micros: number; isSigned?: boolean }) {
	return (
		<bdi dir="ltr" className="nowrap">
			{formatMicros(usePage().locale, micros, isSigned)}
		</bdi>
	);
}

/** A sum that stands alone: `<Money micros={balance.availableMicros} currency={currency} />` → EUR 12.50 */
export function Money({ micros, currency }: { micros: number; currency: string }) {
	return <bdi className="nowrap">{formatMoney(usePage().locale, micros, currency)}</bdi>;
}

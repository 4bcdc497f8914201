import { formatNumber, formatShare } from "#app/lib/format.ts";
import { usePage } from "#app/lib/page-context.ts";

/** A figure by locale: `<Num value={1204} />` → 1,204. */
export function Num({ value }: { value: number }) {
	return <>{formatNumber(usePage().locale, value)}</>;
}

/** A part of a whole: `<Share part={3} of={1204} />` → 0.2% (a dash when there is no whole). */
export function Share({ part, of }: { part: number; of: number }) {
	const { locale } = usePage();
	return <>{of > 0 ? formatShare(locale, part / of) : "–"}</>;
}

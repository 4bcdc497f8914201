/** A row of `prices` as resolving needs it. */
export interface PriceRow {
	/** 0: everybody directly below. */
	buyerId: number;
	country: string;
	kind: string;
	unitMicros: number | null;
	fromUtc: number;
}

/** What a list says at one moment: micro-units by `lineKey`. What was taken back is not in it. */
export type Lines = ReadonlyMap<string, number>;

export function lineKey(country: string, kind: string): string {
	return `${country}/${kind}`;
}

/** The lines of one list at a moment: of each the latest row that has begun. */
export function linesAt(rows: readonly PriceRow[], buyerId: number, at: number): Lines {
	const latest = new Map<string, PriceRow>();
	for (const row of rows) {
		if (row.buyerId !== buyerId || row.fromUtc > at) continue;
		const key = lineKey(row.country, row.kind);
		if ((latest.get(key)?.fromUtc ?? 0) <= row.fromUtc) latest.set(key, row);
	}
	const lines = new Map<string, number>();
	for (const [key, { unitMicros }] of latest) if (unitMicros !== null) lines.set(key, unitMicros);
	return lines;
}

/**
 * As `findPrice` finds it, among lists of which the first that has a matching line counts. "" for a country or a kind that no line names.
 */
export function resolve(lists: readonly Lines[], country: string, kind: string): number | null {
	for (const lines of lists)
		for (const key of [lineKey(country, kind), lineKey(country, ""), lineKey("", kind), lineKey("", "")]) {
			const unit = lines.get(key);
			if (unit !== undefined) return unit;
		}
	return null;
}

/** Every country and every kind that the lists tell apart, "" for all others first. */
export function namedIn(lists: readonly Lines[]): { countries: string[]; kinds: string[] } {
	const keys = lists.flatMap((lines) => [...lines.keys()].map((key) => key.split("/") as [string, string]));
	const sorted = (at: 0 | 1) => [...new Set(["", ...keys.map((key) => key[at])])].sort();
	return { countries: sorted(0), kinds: sorted(1) };
}

export interface ShownLine {
	country: string;
	kind: string;
	unitMicros: number;
}

/**
 * What several lists come to, as one: the fewest lines from which the country's counts before the kind's. So it can be read by whoever
 * does not know that there are several.
 */
export function shownLines(lists: readonly Lines[]): ShownLine[] {
	const { countries, kinds } = namedIn(lists);
	const told = new Map<string, number>();
	const shown: ShownLine[] = [];
	const say = (country: string, kind: string) => {
		const unitMicros = resolve(lists, country, kind);
		// A line that says less than one that stands already would be needless.
		if (unitMicros === null || unitMicros === resolve([told], country, kind)) return;
		told.set(lineKey(country, kind), unitMicros);
		shown.push({ country, kind, unitMicros });
	};
	for (const kind of kinds) say("", kind);
	for (const country of countries.filter(Boolean)) for (const kind of kinds) say(country, kind);
	return shown;
}

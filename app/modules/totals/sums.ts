import type { DayRow } from "#app/modules/ledger/money-day.ts";

/** What messages and fees came to; money in micro-units. */
export type Sums = Pick<DayRow, "messages" | "revenueMicros" | "costMicros">;

export const NOTHING: Readonly<Sums> = { messages: 0, revenueMicros: 0, costMicros: 0 };

export function added(to: Readonly<Sums>, more: Readonly<Sums>): Sums {
	return {
		messages: to.messages + more.messages,
		revenueMicros: to.revenueMicros + more.revenueMicros,
		costMicros: to.costMicros + more.costMicros,
	};
}

/** Adds up rows by what `keyOf` names them; in the order in which the names first come. */
export function sumsBy<Row extends Sums, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): (Sums & { key: Key })[] {
	const sums = new Map<Key, Sums>();
	for (const row of rows) sums.set(keyOf(row), added(sums.get(keyOf(row)) ?? NOTHING, row));
	return [...sums].map(([key, sum]) => ({ key, ...sum }));
}

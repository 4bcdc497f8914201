import { type Lines, lineKey, namedIn, resolve } from "./price-list.ts";

/** One who sells something: the lists that its cost and its price come from, before a change and after it. */
export interface Selling {
	sellerId: number;
	/** 0: everybody directly below without a price of their own. */
	buyerId: number;
	cost: Change<readonly Lines[]>;
	price: Change<readonly Lines[]>;
	/** It has not sold to this one before: what it loses is news, whatever the seller before it lost. */
	isNewBuyer?: boolean;
}
export interface Change<T> {
	before: T;
	after: T;
}

/** What a change would bring about: sold below cost, or not sold any more for want of a price (null). */
export interface Loss {
	sellerId: number;
	buyerId: number;
	country: string;
	kind: string;
	priceMicros: number | null;
	costMicros: number | null;
}

/**
 * Where a seller would lose by a change, and had not, or not so much, before. Told of as many countries and kinds at once as fare alike.
 */
export function lossesOf({ sellerId, buyerId, cost, price, isNewBuyer = false }: Selling): Loss[] {
	const { countries, kinds } = namedIn([...cost.before, ...cost.after, ...price.before, ...price.after]);
	const verdicts = new Map<string, string>();
	const losses: Loss[] = [];
	for (const country of countries)
		for (const kind of kinds) {
			const found = lossAt(country, kind, { cost, price, isNewBuyer });
			const verdict = found ? `${found.priceMicros} ${found.costMicros}` : "";
			verdicts.set(lineKey(country, kind), verdict);
			if (found && !isTold(verdicts, country, kind, verdict))
				losses.push({ sellerId, buyerId, country, kind, ...found });
		}
	return losses;
}

function isTold(verdicts: Map<string, string>, country: string, kind: string, verdict: string): boolean {
	const wider = [
		...(country && kind ? [lineKey(country, ""), lineKey("", kind)] : []),
		...(country || kind ? [lineKey("", "")] : []),
	];
	return wider.some((key) => verdicts.get(key) === verdict);
}

function lossAt(
	country: string,
	kind: string,
	{ cost, price, isNewBuyer }: Pick<Selling, "cost" | "price" | "isNewBuyer">,
): Pick<Loss, "priceMicros" | "costMicros"> | null {
	const at = (lists: readonly Lines[]) => resolve(lists, country, kind);
	const was = { price: at(price.before), cost: at(cost.before) };
	const priceMicros = at(price.after);
	const costMicros = at(cost.after);
	if (!isNewBuyer && priceMicros === was.price && costMicros === was.cost) return null;
	// Whatever it cost: nothing is sold there any more.
	if (priceMicros === null) return was.price === null ? null : { priceMicros, costMicros: null };
	const isCostGone = costMicros === null && was.cost !== null;
	const isBelow = costMicros !== null && priceMicros < costMicros;
	return isCostGone || isBelow ? { priceMicros, costMicros } : null;
}

import type { CountryForecast } from "#app/modules/pricing/forecast.server.ts";
import { heldOf } from "./charge-parts.ts";

/** For how many people of each country the money is to be held, and what each account lacks for all of them. */
export interface HoldPlan {
	/** In the order of the forecast. */
	covered: { country: CountryForecast; quantity: number }[];
	coveredPeople: number;
	people: number;
	/** Micro-units, by account; nobody: all can be held. */
	missing: Map<number, number>;
}

/**
 * Who is covered by what the accounts have to spend: everybody, or the cheapest countries first, so that it is the most people. A country
 * that only some of are covered is the last; of it those whose numbers come first.
 *
 * @param spendableOf micro-units that an account has to spend.
 */
export function planHold(
	countries: CountryForecast[],
	rootId: number,
	spendableOf: (accountId: number) => number,
): HoldPlan {
	const needs = new Map<number, number>();
	const left = new Map<number, number>();
	const heldFor = new Map(countries.map((one) => [one, heldOf({ ...one, rootId })]));
	for (const [{ people }, held] of heldFor)
		for (const [accountId, micros] of held) {
			needs.set(accountId, (needs.get(accountId) ?? 0) + micros * people);
			left.set(accountId, spendableOf(accountId));
		}
	const missing = new Map(
		[...needs].map(([id, need]) => [id, need - left.get(id)!] as const).filter(([, by]) => by > 0),
	);
	const quantities = new Map<CountryForecast, number>();
	for (const country of [...countries].sort((a, b) => a.unitMicros - b.unitMicros || b.people - a.people)) {
		let quantity = country.people;
		for (const [accountId, micros] of heldFor.get(country)!)
			quantity = Math.min(quantity, Math.floor(left.get(accountId)! / micros));
		for (const [accountId, micros] of heldFor.get(country)!)
			left.set(accountId, left.get(accountId)! - micros * quantity);
		quantities.set(country, quantity);
	}
	const covered = countries.map((country) => ({ country, quantity: quantities.get(country)! }));
	return {
		covered,
		coveredPeople: covered.reduce((sum, { quantity }) => sum + quantity, 0),
		people: countries.reduce((sum, { people }) => sum + people, 0),
		missing,
	};
}

import type { Part } from "#app/modules/ledger/transfer.ts";
import type { Tier } from "./tiers.ts";

/** Who pays for a message of one leg, and to whom the last tier's price goes. */
export interface ChargedTiers {
	/** Of one message: for SMS of all its parts. The account that sends is first. */
	tiers: Tier[];
	/** Of the second leg's message to the same person, where there is one. The same accounts. */
	secondTiers: Tier[] | null;
	rootId: number;
}
export type ChargedLeg = "first" | "second";

/** What a provider takes for one message, in micro-units. */
export type CostMicros = number;

/**
 * What each account has more of after one message of a leg, in micro-units; below zero: less. The sender pays its price, a dealer keeps
 * the difference between the price below it and its own (below zero where it sells below its cost), the root takes the last price.
 */
export function netsOf({ tiers, secondTiers, rootId }: ChargedTiers, leg: ChargedLeg): Map<number, number> {
	const nets = new Map<number, number>();
	let below = 0;
	for (const { accountId, unitMicros } of (leg === "first" ? tiers : secondTiers) ?? []) {
		nets.set(accountId, below - unitMicros);
		below = unitMicros;
	}
	nets.set(rootId, (nets.get(rootId) ?? 0) + below);
	return nets;
}

/** What is set aside for one message at each account, so that no charge can fail: of a pair what the dearer leg takes there. */
export function heldOf(of: ChargedTiers): Map<number, number> {
	const held = new Map<number, number>();
	for (const leg of of.secondTiers ? (["first", "second"] as const) : (["first"] as const))
		for (const [accountId, net] of netsOf(of, leg))
			if (net < 0) held.set(accountId, Math.max(held.get(accountId) ?? 0, -net));
	return held;
}

/** Sets aside what `quantity` messages can come to. */
export function holdParts(of: ChargedTiers, quantity: number): Part[] {
	return [...heldOf(of)].flatMap(([accountId, micros]) => between(accountId, "available", "held", micros * quantity));
}

/** Gives back what was set aside. */
export function releaseParts(of: ChargedTiers, quantity: number): Part[] {
	return [...heldOf(of)].flatMap(([accountId, micros]) => between(accountId, "held", "available", micros * quantity));
}

/** Charges messages of one leg out of what was set aside, and gives back what the other leg would have taken more. */
export function captureParts(of: ChargedTiers, leg: ChargedLeg, quantity: number): Part[] {
	return [...releaseParts(of, quantity), ...netParts(of, leg, quantity)];
}

/**
 * What messages of one leg bring and take where nothing is set aside (any more): late successes, and `quantity` below zero for what is
 * given back after it was charged. Who has to pay may not have it: see `takeOrOwe`.
 */
export function netParts(of: ChargedTiers, leg: ChargedLeg, quantity: number): Part[] {
	return [...netsOf(of, leg)].map(([accountId, net]) => ({
		accountId,
		book: "available",
		// Never -0.
		amountMicros: net * quantity || 0,
	}));
}

/** What a provider takes is booked against the root. */
export function costParts(rootId: number, cost: CostMicros, quantity: number): Part[] {
	return [
		{ accountId: rootId, book: "costs", amountMicros: -cost * quantity || 0 },
		{ accountId: rootId, book: "providers", amountMicros: cost * quantity },
	];
}

function between(accountId: number, from: "available" | "held", to: "available" | "held", micros: number): Part[] {
	return [
		{ accountId, book: from, amountMicros: -micros || 0 },
		{ accountId, book: to, amountMicros: micros },
	];
}

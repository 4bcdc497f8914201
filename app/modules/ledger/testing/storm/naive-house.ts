import { NaivePrices } from "./naive-prices.ts";
import type { Place, Scene } from "./storm.ts";

/** An account's money as somebody would keep it on paper. */
export interface Purse {
	has: number;
	credit: number;
	aside: number;
	owes: number;
}

/** What one account pays to the one above it for one message; the sender first. */
export type NaiveTiers = { accountId: number; unitMicros: number }[];

/** A message as the model knows it: STATES[place], and what has become of its money. */
export interface NaiveMessage {
	country: string;
	place: number;
	money: "none" | "aside" | "paid" | "back" | "refunded";
	wasPaid: boolean;
	isClaimed: boolean;
}

/** In the order in which a message may go through them; those of one place exclude each other. */
const STATES: readonly (readonly number[])[] = [[0, 1], [10], [15], [20], [30], [40, 41, 42], [50], [60]];
const TAKEN = new Set([1, 3]);
const LOST = 4;
const DELIVERED = 6;
export const placeOf = (state: number) => STATES.findIndex((one) => one.includes(state));

/** All purses, and how one message moves money between them: nothing is gathered, there is no transfer and no price class. */
export class NaiveHouse {
	readonly purses = new Map<number, Purse>();
	readonly prices: NaivePrices;
	/** What came in from beyond the installation, less what went there; what providers took. */
	cameIn = 0;
	costs = 0;
	readonly seen = { late: 0, refunds: 0, releases: 0, captures: 0, owed: 0 };
	readonly rootId: number;

	constructor({ accounts, prices }: Pick<Scene, "accounts" | "prices">) {
		this.rootId = accounts[0]!.id;
		this.prices = new NaivePrices(accounts as Place[], prices);
		for (const { id } of accounts) this.purses.set(id, { has: 0, credit: 0, aside: 0, owes: 0 });
	}

	/** What can be spent: who owes spends nothing. */
	spendable(id: number): number {
		const { has, credit, owes } = this.purses.get(id)!;
		return owes > 0 ? 0 : Math.max(0, has + credit);
	}

	/** Comes in: debts are paid first. */
	receive(id: number, micros: number): void {
		const purse = this.purses.get(id)!;
		purse.has += micros;
		const paid = Math.min(purse.owes, Math.max(0, purse.has));
		purse.has -= paid;
		purse.owes -= paid;
	}

	/** Goes out although it may not be there. */
	take(id: number, micros: number): void {
		const purse = this.purses.get(id)!;
		const now = Math.min(micros, Math.max(0, purse.has + purse.credit));
		purse.has -= now;
		purse.owes += micros - now;
		if (micros > now) this.seen.owed++;
	}

	/** Sets aside for one message what it takes of everybody; false, and nothing moves: somebody has not got it. */
	setAside(tiers: NaiveTiers): boolean {
		const takes = takesOf(tiers).filter(([, micros]) => micros > 0);
		if (takes.some(([id, micros]) => this.spendable(id) < micros)) return false;
		for (const [id, micros] of takes) {
			const purse = this.purses.get(id)!;
			purse.has -= micros;
			purse.aside += micros;
		}
		return true;
	}

	/** A message has come to another state: what becomes of its money. @param cost of its provider. */
	move(message: NaiveMessage, to: number, tiers: NaiveTiers, terms: Scene["terms"]["viber"], cost: number): void {
		message.place = to;
		if (message.money === "none") return;
		const isTaken = TAKEN.has(to) && terms.chargeOn === "accepted" && message.money === "aside";
		if (to >= DELIVERED || isTaken) this.charge(message, tiers, cost);
		else if (to >= LOST && message.money === "aside") this.giveBack(message, tiers);
		else if (to >= LOST && message.money === "paid" && terms.refunds) this.refund(message, tiers);
	}

	private charge(message: NaiveMessage, tiers: NaiveTiers, cost: number): void {
		if (message.money === "paid") return;
		const isLate = message.money !== "aside";
		this.seen[isLate ? "late" : "captures"]++;
		for (const [id, micros] of takesOf(tiers)) {
			if (micros <= 0) this.receive(id, -micros);
			else if (isLate) this.take(id, micros);
			else this.purses.get(id)!.aside -= micros;
		}
		this.receive(this.rootId, tiers.at(-1)?.unitMicros ?? 0);
		if (!message.wasPaid) this.costs += cost;
		Object.assign(message, { money: "paid", wasPaid: true });
	}

	giveBack(message: NaiveMessage, tiers: NaiveTiers): void {
		this.seen.releases++;
		for (const [id, micros] of takesOf(tiers)) {
			if (micros <= 0) continue;
			this.purses.get(id)!.aside -= micros;
			this.receive(id, micros);
		}
		message.money = "back";
	}

	private refund(message: NaiveMessage, tiers: NaiveTiers): void {
		this.seen.refunds++;
		for (const [id, micros] of takesOf(tiers)) {
			if (micros > 0) this.receive(id, micros);
			else this.take(id, -micros);
		}
		this.take(this.rootId, tiers.at(-1)?.unitMicros ?? 0);
		message.money = "refunded";
	}
}

/** What one message takes of each account: its own price less the price that it gets from below. Below zero: it earns. */
export function takesOf(tiers: NaiveTiers): [id: number, micros: number][] {
	return tiers.map(({ accountId, unitMicros }, at) => [accountId, unitMicros - (tiers[at - 1]?.unitMicros ?? 0)]);
}

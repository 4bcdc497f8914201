import type { Terms } from "#app/modules/charging/charge-after.ts";
import type { Tier } from "#app/modules/charging/tiers.ts";
import { MESSAGE_STATE } from "../message-state.ts";

const ROOT = 1;

/** What one person's messages cost at each tier, by leg. */
export interface NaivePrices {
	first: Tier[];
	second: Tier[] | null;
	/** Of the provider, for one message of each leg. */
	cost: { first: number; second: number };
}

/** One person's messages as the books show them. */
export interface NaivePerson {
	first: number;
	second: number | null;
	/** Unix seconds. */
	firstDeliveredAt: number | null;
	secondDeliveredAt: number | null;
}

/**
 * The money for one person, told person by person as a client would be told it: nothing is gathered, no price class, no transfer. What
 * each account has is changed at once; who cannot pay has less than nothing.
 */
export class NaiveMoney {
	/** What each account has to spend, less what it owes; and what is set aside of it. */
	readonly has = new Map<number, number>();
	readonly aside = new Map<number, number>();
	costs = 0;
	readonly seen = { late: 0, refunds: 0, seconds: 0, releases: 0 };
	private readonly terms: Terms;
	private readonly people: { prices: NaivePrices | null; isAside: boolean; paid: boolean; wasPaid: boolean }[];

	constructor(terms: Terms, people: (NaivePrices | null)[]) {
		this.terms = terms;
		this.people = people.map((prices) => ({ prices, isAside: prices !== null, paid: false, wasPaid: false }));
		for (const prices of people) if (prices) this.setAside(prices, 1);
	}

	/** Each account sets aside the most that either leg can take of it. */
	private setAside(prices: NaivePrices, sign: 1 | -1): void {
		prices.first.forEach(({ accountId }, at) => {
			const takes = [prices.first, prices.second].map((tiers) =>
				tiers ? tiers[at]!.unitMicros - (at === 0 ? 0 : tiers[at - 1]!.unitMicros) : 0,
			);
			const most = Math.max(0, ...takes);
			add(this.has, accountId, -most * sign);
			add(this.aside, accountId, most * sign);
		});
	}

	private pay(prices: NaivePrices, leg: "first" | "second", sign: 1 | -1): void {
		const tiers = prices[leg]!;
		for (const [at, { accountId, unitMicros }] of tiers.entries()) {
			add(this.has, accountId, -unitMicros * sign);
			add(this.has, tiers[at + 1]?.accountId ?? ROOT, unitMicros * sign);
		}
	}

	/** Something happened to person `at`. */
	observe(at: number, was: NaivePerson, is: NaivePerson, isOver: boolean): void {
		const { prices } = this.people[at]!;
		if (!prices) return;
		if (prices.second) this.observePair(at, prices, is, isOver);
		else this.observeOne(at, prices, was.first, is.first);
	}

	private observePair(at: number, prices: NaivePrices, is: NaivePerson, isOver: boolean): void {
		const person = this.people[at]!;
		if (person.paid) return;
		const { firstDeliveredAt, secondDeliveredAt } = is;
		if (firstDeliveredAt !== null || secondDeliveredAt !== null) {
			const isFirst = (firstDeliveredAt ?? Number.POSITIVE_INFINITY) <= (secondDeliveredAt ?? Number.POSITIVE_INFINITY);
			if (!isFirst) this.seen.seconds++;
			this.charge(at, prices, isFirst ? "first" : "second");
			return;
		}
		const hasEnded = (state: number) => state >= MESSAGE_STATE.cancelled;
		const nothingMore = is.second === null ? isOver : hasEnded(is.second);
		if (person.isAside && hasEnded(is.first) && nothingMore) this.giveBack(at, prices);
	}

	private observeOne(at: number, prices: NaivePrices, was: number, is: number): void {
		if (was === is) return;
		const person = this.people[at]!;
		const isTaken = is === MESSAGE_STATE.handed_over || is === MESSAGE_STATE.sent;
		if (is >= MESSAGE_STATE.delivered) {
			if (!person.paid) this.charge(at, prices, "first");
		} else if (isTaken && person.isAside && this.terms.chargeOn === "accepted") this.charge(at, prices, "first");
		else if (is >= MESSAGE_STATE.cancelled && person.isAside) this.giveBack(at, prices);
		else if (is >= MESSAGE_STATE.cancelled && person.paid && (this.terms.refunds || was <= MESSAGE_STATE.claimed)) {
			this.seen.refunds++;
			person.paid = false;
			this.pay(prices, "first", -1);
		}
	}

	private charge(at: number, prices: NaivePrices, leg: "first" | "second"): void {
		const person = this.people[at]!;
		if (person.isAside) this.setAside(prices, -1);
		else this.seen.late++;
		this.pay(prices, leg, 1);
		if (!person.wasPaid) this.costs += prices.cost[leg];
		Object.assign(person, { isAside: false, paid: true, wasPaid: true });
	}

	private giveBack(at: number, prices: NaivePrices): void {
		this.seen.releases++;
		this.setAside(prices, -1);
		this.people[at]!.isAside = false;
	}
}

function add(map: Map<number, number>, key: number, micros: number): void {
	map.set(key, (map.get(key) ?? 0) + micros);
}

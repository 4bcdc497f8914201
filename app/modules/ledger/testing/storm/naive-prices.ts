import type { Place, StormPrice } from "./storm.ts";

interface NaiveLine extends StormPrice {
	/** Unix ms: it has begun by then for sure; before, it may have. */
	begunBy: number;
}

/** All prices that there ever were, looked through from the newest. */
export class NaivePrices {
	private readonly lines: NaiveLine[];
	private readonly accounts: Place[];

	constructor(accounts: Place[], lines: StormPrice[]) {
		this.accounts = accounts;
		this.lines = lines.map((line) => ({ ...line, begunBy: 0 }));
	}

	/** A price that was set in a transaction that ended then. One that would begin with the one before it begins just behind that. */
	set(line: StormPrice, committedAt: number): void {
		const before = this.lines.filter((one) => isSame(one, line)).at(-1);
		this.lines.push({ ...line, begunBy: Math.max(committedAt, (before?.begunBy ?? 0) + 1) });
	}

	/** Whether these are the prices of a branch for a country at that moment, the sender's first. */
	areRight(tiers: { accountId: number; unitMicros: number }[], channel: string, country: string, at: number): boolean {
		const sender = this.accounts.find(({ id }) => id === tiers[0]?.accountId);
		const chain = sender?.path.split("/").filter(Boolean).map(Number).reverse() ?? [];
		if (tiers.length !== chain.length - 1) return false;
		return tiers.every(
			({ accountId, unitMicros }, i) =>
				accountId === chain[i] && this.possible(chain[i + 1]!, accountId, channel, country, at).has(unitMicros),
		);
	}

	/** Mostly one; two where one began in the very millisecond that is asked about. */
	private possible(sellerId: number, buyerId: number, channel: string, country: string, at: number): Set<number> {
		const units = new Set<number>();
		for (const buyer of [buyerId, 0])
			for (const place of [country, ""])
				for (const line of this.lines.toReversed()) {
					if (!isSame(line, { sellerId, buyerId: buyer, channel, country: place })) continue;
					units.add(line.unitMicros);
					if (line.begunBy <= at) return units;
				}
		return units;
	}
}

type Of = { sellerId: number; buyerId: number; channel: string; country: string };

function isSame(a: Of, b: Of): boolean {
	return a.sellerId === b.sellerId && a.buyerId === b.buyerId && a.channel === b.channel && a.country === b.country;
}

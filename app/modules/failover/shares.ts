export interface Sharer {
	providerId: number;
	weight: number;
}

/**
 * Shares a campaign's messages between providers by weight: who is furthest behind its share is next, so that the shares hold after a
 * few claims and not only on average. The first claim falls by chance, so that many campaigns of one message share as well.
 */
export class Shares {
	/** Messages that each is behind (or, below zero, ahead of) its share. */
	private readonly behind = new Map<number, number>();

	pick(sharers: readonly Sharer[], size: number, random: () => number): number {
		const sum = sharers.reduce((total, { weight }) => total + weight, 0);
		if (this.behind.size === 0) return byChance(sharers, sum, random);
		let best = sharers[0]!;
		let bestBehind = Number.NEGATIVE_INFINITY;
		for (const sharer of sharers) {
			const behind = (this.behind.get(sharer.providerId) ?? 0) + (size * sharer.weight) / sum;
			if (behind <= bestBehind) continue;
			best = sharer;
			bestBehind = behind;
		}
		return best.providerId;
	}

	/** `count` messages went to one of those that could have had them. */
	took(providerId: number, count: number, sharers: readonly Sharer[]): void {
		const sum = sharers.reduce((total, { weight }) => total + weight, 0);
		for (const sharer of sharers) this.add(sharer.providerId, (count * sharer.weight) / sum);
		this.add(providerId, -count);
		// Who was away comes back to its share, not to all that it has missed.
		for (const each of this.behind.keys()) {
			if (!sharers.some((sharer) => sharer.providerId === each)) this.behind.delete(each);
		}
	}

	private add(providerId: number, count: number): void {
		this.behind.set(providerId, (this.behind.get(providerId) ?? 0) + count);
	}
}

function byChance(sharers: readonly Sharer[], sum: number, random: () => number): number {
	let at = random() * sum;
	for (const { providerId, weight } of sharers) {
		at -= weight;
		if (at < 0) return providerId;
	}
	return sharers.at(-1)!.providerId;
}

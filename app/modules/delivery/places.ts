/**
 * How a provider's connections are shared with the sending nodes (docs/decisions/082), as the process that has the books knows it. While there
 * are none, all of them are its own and nothing here is asked.
 */

/** Of a provider's connections, how many are left to senders. */
const lent = new Map<number, number>();
/** What each sender may call at once, by provider; only providers that senders know. */
let shares = new Map<number, { senders: number; places: number }>();
/** Unix ms until which nothing is offered of a provider: nobody took what was. */
const shyUntil = new Map<number, number>();

/** How many calls this process may make at once on a provider of so many connections. */
export function placesOfOurs(providerId: number, connections: number): number {
	return Math.max(0, connections - (lent.get(providerId) ?? 0));
}

export function noteLent(providerId: number, places: number): void {
	if (places > 0) lent.set(providerId, places);
	else lent.delete(providerId);
}

export function noteShares(all: Map<number, { senders: number; places: number }>): void {
	shares = all;
}

/** Who shares a provider's calls with this process; null: nobody does. */
export function sendersShare(providerId: number): { senders: number; places: number } | null {
	const share = shares.get(providerId);
	if (!share || (shyUntil.get(providerId) ?? 0) > Date.now()) return null;
	return share;
}

export function noteShy(providerId: number, untilUtc: number): void {
	shyUntil.set(providerId, untilUtc);
}

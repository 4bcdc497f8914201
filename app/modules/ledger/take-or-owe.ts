import type { Balance } from "./balance-of.server.ts";
import type { Part } from "./transfer.ts";

/**
 * The parts by which an account pays what cannot be refused any more (a late success, a refund that its margin is part of): out of what
 * is available, and the rest is owed.
 *
 * @param amountMicros at or above zero.
 */
export function takeOrOwe(accountId: number, balance: Balance, amountMicros: number): Part[] {
	const now = Math.min(amountMicros, Math.max(0, balance.availableMicros + balance.creditMicros));
	return [
		{ accountId, book: "available", amountMicros: -now },
		{ accountId, book: "owed", amountMicros: now - amountMicros },
	];
}

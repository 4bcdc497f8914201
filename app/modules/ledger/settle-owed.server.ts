import type { Tx } from "#db/tx.ts";
import { balanceOf } from "./balance-of.server.ts";
import { postTransfer } from "./post-transfer.server.ts";

/**
 * Pays what an account owes out of what it has now; called in every transaction that brings an account money.
 *
 * @param opId of the operation that brought it.
 */
export function settleOwed(tx: Tx, accountId: number, opId: string): void {
	const { availableMicros, owedMicros } = balanceOf(tx, accountId);
	const amountMicros = Math.min(owedMicros, availableMicros);
	if (amountMicros <= 0) return;
	postTransfer(tx, {
		opId: `${opId}:owed:${accountId}`,
		input: { amountMicros },
		kind: "settlement",
		accountId,
		by: null,
		parts: [
			{ accountId, book: "available", amountMicros: -amountMicros },
			{ accountId, book: "owed", amountMicros },
		],
	});
}

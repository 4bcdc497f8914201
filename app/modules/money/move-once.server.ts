import type { Actor } from "#app/modules/access/actor.ts";
import { payFees } from "#app/modules/fees/pay-fees.server.ts";
import { findTransfer } from "#app/modules/ledger/find-transfer.server.ts";
import { postTransfer } from "#app/modules/ledger/post-transfer.server.ts";
import { settleOwed } from "#app/modules/ledger/settle-owed.server.ts";
import type { NewTransfer, Part, Posted } from "#app/modules/ledger/transfer.ts";
import type { Tx } from "#db/tx.ts";
import { TooMuchError } from "./money.errors.ts";

export interface Movement extends Pick<NewTransfer, "kind" | "accountId" | "input"> {
	formKey: string;
	note: string;
}

/**
 * Moves what a person has asked for by a form, once: the same form again finds the transfer of the first time. Whoever gets money pays
 * with it first what it owes, and fees that are due.
 *
 * @param decide what moves, and whether it may: only asked the first time; throws to refuse.
 * @param note what else belongs to it, such as its entry of the audit; only the first time.
 * @throws OpReusedError, InsufficientFundsError, TooMuchError, whatever `decide` throws
 */
export function moveOnce(tx: Tx, actor: Actor, movement: Movement, decide: () => Part[], note: () => void): Posted {
	const { formKey, ...rest } = movement;
	const operation = { ...rest, opId: `${actor.account.id}:${formKey}` };
	const before = findTransfer(tx, operation);
	if (before) return before;
	const parts = decide();
	const posted = post(tx, { ...operation, by: actor, parts });
	for (const { accountId, book, amountMicros } of parts)
		if (book === "available" && amountMicros > 0) {
			settleOwed(tx, accountId, operation.opId);
			payFees(tx, accountId);
		}
	note();
	return posted;
}

function post(tx: Tx, transfer: NewTransfer): Posted {
	try {
		return postTransfer(tx, transfer);
	} catch (error) {
		// The CHECK that keeps every balance a number that JavaScript holds exactly.
		if (error instanceof Error && /ledger_books_exact/.test(error.message)) throw new TooMuchError();
		throw error;
	}
}

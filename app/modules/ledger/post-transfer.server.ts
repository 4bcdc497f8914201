import type { Tx } from "#db/tx.ts";
import { DayCounts } from "./count-days.server.ts";
import { feeRows } from "./fee-rows.ts";
import { findTransfer, operationHash } from "./find-transfer.server.ts";
import { InsufficientFundsError, UnbalancedTransferError } from "./ledger.errors.ts";
import { type Book, openBook } from "./open-book.server.ts";
import type { BookKind, NewTransfer, Part, Posted } from "./transfer.ts";

const HAS_LIMIT: ReadonlySet<BookKind> = new Set(["available", "held"]);

/**
 * Moves money, in the caller's transaction: the only way to. All books change or none; a transfer that was made before by the same
 * operation is found again and moves nothing.
 *
 * @throws UnbalancedTransferError, OpReusedError, InsufficientFundsError: before anything is written, so a caller may go on.
 */
export function postTransfer(tx: Tx, transfer: NewTransfer): Posted {
	const before = findTransfer(tx, transfer);
	if (before) return before;
	const moves = merged(transfer.parts).map((part) => ({ ...part, of: openBook(tx, part.accountId, part.book) }));
	for (const { of, accountId, book, amountMicros } of moves) requireCover(of, accountId, book, amountMicros);
	const transferId = insertTransfer(tx, transfer);
	for (const { of, accountId, amountMicros } of moves)
		tx.sql(
			"INSERT INTO postings (book_id, transfer_id, account_id, amount_micros, balance_micros) VALUES (?, ?, ?, ?, ?)",
		).run(of.id, transferId, accountId, amountMicros, of.balanceMicros + amountMicros);
	if (transfer.kind === "fee") countFee(tx, transferId, transfer);
	return { transferId, isRepeat: false };
}

function countFee(tx: Tx, transferId: number, { accountId, parts }: NewTransfer): void {
	const days = new DayCounts(tx);
	days.add(transferId, feeRows(accountId, parts));
	days.write();
}

function merged(parts: Part[]): Part[] {
	const byBook = new Map<string, Part>();
	let sum = 0;
	for (const part of parts) {
		if (!Number.isSafeInteger(part.amountMicros))
			throw new UnbalancedTransferError(`${part.amountMicros} is no whole number of micro-units`);
		sum += part.amountMicros;
		const key = `${part.accountId} ${part.book}`;
		const known = byBook.get(key);
		if (known) known.amountMicros += part.amountMicros;
		else byBook.set(key, { ...part });
	}
	if (sum !== 0) throw new UnbalancedTransferError(`the postings sum to ${sum}, not to zero`);
	return [...byBook.values()].filter(({ amountMicros }) => amountMicros !== 0);
}

/** What goes out must be there; what comes in never fails, also into a book that is below a limit which was lowered. */
function requireCover(of: Book, accountId: number, book: BookKind, amountMicros: number): void {
	if (amountMicros >= 0 || !HAS_LIMIT.has(book)) return;
	const after = of.balanceMicros + amountMicros + of.creditMicros;
	if (after < 0) throw new InsufficientFundsError(accountId, book, -after);
}

function insertTransfer(tx: Tx, transfer: NewTransfer): number {
	const { kind, accountId, by, note, messages } = transfer;
	const { lastInsertRowid } = tx
		.sql(
			// A clock that was set back does not bring a transfer before the one before it: statements are cut by time.
			`INSERT INTO transfers (account_id, kind, op_id, op_hash, user_id, behind_user_id, actor_account_id, note, campaign_id, price_class, quantity, second_leg, at_utc)
			 VALUES (@accountId, @kind, @opId, @opHash, @userId, @behindUserId, @actorAccountId, @note, @campaignId, @priceClass, @quantity, @secondLeg,
			         max(@now, coalesce((SELECT at_utc FROM transfers ORDER BY id DESC LIMIT 1), 0)))`,
		)
		.run({
			accountId,
			kind,
			opId: transfer.opId,
			opHash: operationHash(transfer),
			userId: by?.userId ?? null,
			behindUserId: by?.behindUserId ?? null,
			actorAccountId: by?.account.id ?? null,
			note: note ?? "",
			campaignId: messages?.campaignId ?? null,
			priceClass: messages?.priceClass ?? null,
			quantity: messages?.quantity ?? null,
			secondLeg: messages ? Number(messages.isSecondLeg ?? false) : null,
			now: Date.now(),
		});
	return Number(lastInsertRowid);
}

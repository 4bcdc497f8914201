import { balanceOf } from "#app/modules/ledger/balance-of.server.ts";
import { postTransfer } from "#app/modules/ledger/post-transfer.server.ts";
import { settleOwed } from "#app/modules/ledger/settle-owed.server.ts";
import { countDay } from "#app/modules/limits/count-day.server.ts";
import { putFeeUnpaid } from "#app/modules/notices/put-fee-unpaid.server.ts";
import type { Tx } from "#db/tx.ts";
import { FEE_COLUMNS, type Fee } from "./fee.ts";
import { feeSenders } from "./fee-senders.server.ts";
import { monthPlus, monthStart } from "./month.ts";

/** What the balance does not cover is tried again after so long, and whenever money is given to the account. */
export const FEE_RETRY_MS = 3_600_000;

interface Due extends Fee {
	parentId: number | null;
	path: string;
	state: string;
}

/**
 * Charges an account's fees for every month that has begun and was not charged, in order, each as one transfer to its dealer. A month
 * that the balance does not cover is not charged in part: it stays due, both are told once, and nothing is sent until it is paid. Nobody
 * is given money that nobody has paid: else a dealer could make money by setting a fee on a client of its own.
 *
 * @returns whether all that is due has been paid.
 */
export function payFees(tx: Tx, accountId: number, now = Date.now()): boolean {
	const due = tx
		.sql<Due>(
			`SELECT ${FEE_COLUMNS}, a.parent_id AS parentId, a.path, a.state FROM fees f JOIN accounts a ON a.id = f.account_id
			  WHERE f.account_id = ? AND (f.try_at_utc <= ? OR f.unpaid_since_utc IS NOT NULL) ORDER BY f.next_month, f.id`,
		)
		.all(accountId, now);
	let isPaid = true;
	for (const fee of due) if (!payOne(tx, fee, now)) isPaid = false;
	return isPaid;
}

function payOne(tx: Tx, fee: Due, now: number): boolean {
	if (!isStillDue(tx, fee)) {
		close(tx, fee, monthPlus(fee.nextMonth, -1));
		return true;
	}
	let month = fee.nextMonth;
	for (; monthStart(month, fee.timeZone) <= now; month = monthPlus(month, 1)) {
		if (fee.lastMonth !== null && month > fee.lastMonth) break;
		if (balanceOf(tx, fee.accountId).spendableMicros < fee.amountMicros) {
			leaveUnpaid(tx, fee, month, now);
			return false;
		}
		charge(tx, fee, month);
	}
	const isOver = fee.lastMonth !== null && month > fee.lastMonth;
	tx.sql("UPDATE fees SET next_month = ?, try_at_utc = ?, unpaid_since_utc = NULL WHERE id = ? AND account_id = ?").run(
		month,
		isOver ? null : monthStart(month, fee.timeZone),
		fee.id,
		fee.accountId,
	);
	return true;
}

/** Not of a closed account, nor for a dealer that it has left, nor for a sender name that was taken away. A blocked one goes on paying. */
function isStillDue(tx: Tx, fee: Due): boolean {
	if (fee.state === "closed" || fee.parentId !== fee.sellerAccountId) return false;
	if (!fee.channel) return true;
	return feeSenders(tx, fee.path).some(({ channel, name }) => channel === fee.channel && name === fee.sender);
}

function close(tx: Tx, fee: Fee, last: string): void {
	tx.sql(
		"UPDATE fees SET last_month = ?, try_at_utc = NULL, unpaid_since_utc = NULL WHERE id = ? AND account_id = ?",
	).run(last, fee.id, fee.accountId);
}

function charge(tx: Tx, { id, accountId, sellerAccountId, amountMicros, note }: Fee, month: string): void {
	const opId = `fee:${id}:${month}`;
	const { transferId } = postTransfer(tx, {
		opId,
		input: { amountMicros },
		kind: "fee",
		accountId,
		by: null,
		note,
		parts: [
			{ accountId, book: "available", amountMicros: -amountMicros },
			{ accountId: sellerAccountId, book: "available", amountMicros },
		],
	});
	tx.sql(
		`INSERT INTO fee_months (fee_id, month, account_id, transfer_id, amount_micros) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
	).run(id, month, accountId, transferId, amountMicros);
	settleOwed(tx, sellerAccountId, opId);
	countDay(tx, accountId, { micros: amountMicros, messages: 0 });
}

function leaveUnpaid(tx: Tx, fee: Fee, month: string, now: number): void {
	const isNews = fee.unpaidSinceUtc === null || fee.nextMonth !== month;
	tx.sql(
		`UPDATE fees SET next_month = ?, try_at_utc = ?, unpaid_since_utc = coalesce(CASE WHEN next_month = ? THEN unpaid_since_utc END, ?)
		  WHERE id = ? AND account_id = ?`,
	).run(month, now + FEE_RETRY_MS, month, now, fee.id, fee.accountId);
	if (isNews) putFeeUnpaid(tx, { ...fee, month });
}

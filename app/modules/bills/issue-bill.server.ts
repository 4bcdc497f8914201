import { writeMicros } from "#app/lib/micros.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight } from "#app/modules/access/require-right.ts";
import { AccountNotFoundError } from "#app/modules/accounts/account.errors.ts";
import { type Account, requireAccountBelow } from "#app/modules/accounts/require-account.server.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { dateOfDay, dayOf } from "#app/modules/ledger/money-day.ts";
import { currency } from "#app/modules/platform/currency.server.ts";
import { inTx, readBooks, type Tx } from "#db/tx.ts";
import { BillRefusedError } from "./bill.errors.ts";
import type { BillLine } from "./bill.ts";
import { clientsBalance } from "./bill-balance.server.ts";
import { detailsOf } from "./bill-details.server.ts";
import { insertBill } from "./insert-bill.server.ts";
import { roundToCurrency, taxIn } from "./round-bill.ts";

export const BILL_MAX_DAYS = 366;

/**
 * Whom the actor may bill: an account directly below it, also a closed one.
 *
 * @throws Response 403; AccountNotFoundError
 */
export function requireBilled(tx: Tx, actor: Actor, buyerId: number): Account {
	requireOwnRight(actor, "money.create");
	const buyer = requireAccountBelow(tx, actor, buyerId);
	if (buyer.parentId !== actor.account.id) throw new AccountNotFoundError(`account ${buyerId} is not directly below`);
	return buyer;
}

/**
 * Issues a bill for what an account directly below was charged in a period that is over: from the day totals, which say what it paid this
 * seller and nobody else. The same period again gives the bill that there is.
 *
 * @param period days of UTC, both included.
 * @returns the bill's id.
 * @throws Response 403; AccountNotFoundError, BillRefusedError
 */
export async function issueBill(
	actor: Actor,
	buyerId: number,
	{ fromDay, toDay }: { fromDay: number; toDay: number },
	now = Date.now(),
): Promise<number> {
	requireOwnRight(actor, "money.create");
	const { kind } = readBooks((tx) => requireBilled(tx, actor, buyerId));
	if (toDay >= dayOf(now)) throw new BillRefusedError("not_over");
	if (toDay - fromDay >= BILL_MAX_DAYS) throw new BillRefusedError("too_long");
	const balance = kind === "client" ? await clientsBalance(actor, buyerId, { fromDay, toDay }) : null;
	return inTx((tx) => {
		const account = requireBilled(tx, actor, buyerId);
		const known = livingBills(tx, actor.account.id, buyerId, { fromDay, toDay });
		const same = known.find((one) => one.fromDay === fromDay && one.toDay === toDay);
		if (same) return same.id;
		if (known.length > 0) throw new BillRefusedError("overlaps");
		const seller = detailsOf(tx, actor.account.id);
		if (seller.legalName === "") throw new BillRefusedError("details");
		const lines = linesOf(tx, actor.account.id, buyerId, { fromDay, toDay });
		if (lines.length === 0) throw new BillRefusedError("nothing");
		const { legalName, address, taxId } = detailsOf(tx, buyerId);
		const sumMicros = lines.reduce((sum, { amountMicros }) => sum + amountMicros, 0);
		const unit = currency(tx);
		const totalMicros = roundToCurrency(sumMicros, unit);
		const { id, number } = insertBill(tx, actor, {
			...{ buyerId, fromDay, toDay, seller, buyer: { legalName: legalName || account.name, address, taxId } },
			...{ currency: unit, sumMicros, totalMicros, taxMicros: taxIn(totalMicros, seller.taxRate, unit) },
			...{ balance, cancelsId: null, lines, issuedAtUtc: now },
		});
		const since = dateOfDay(fromDay);
		const detail = { number, since, until: dateOfDay(toDay), amount: writeMicros(totalMicros) };
		writeAudit(tx, actor, "bill.issue", `bill:${id}`, detail, account.path);
		return id;
	});
}

/** Bills of these two for any day of a period, which nothing has cancelled. */
function livingBills(tx: Tx, sellerId: number, buyerId: number, of: { fromDay: number; toDay: number }) {
	return tx
		.sql<{ id: number; fromDay: number; toDay: number }>(
			`SELECT b.id, b.from_day AS fromDay, b.to_day AS toDay FROM bills b
			  WHERE b.buyer_account_id = ? AND b.account_id = ? AND b.cancels_id IS NULL AND b.from_day <= ? AND b.to_day >= ?
			    AND NOT EXISTS (SELECT 1 FROM bills c WHERE c.cancels_id = b.id AND c.account_id = b.account_id)`,
		)
		.all(buyerId, sellerId, of.toDay, of.fromDay);
}

function linesOf(tx: Tx, sellerId: number, buyerId: number, of: { fromDay: number; toDay: number }): BillLine[] {
	return tx
		.sql<BillLine>(
			`SELECT channel, country, kind, sum(messages) AS quantity, sum(revenue_micros) AS amountMicros FROM money_days
			  WHERE account_id = ? AND child_id = ? AND day BETWEEN ? AND ?
			  GROUP BY channel, country, kind HAVING sum(messages) <> 0 OR sum(revenue_micros) <> 0
			  ORDER BY channel = '', channel, amountMicros DESC, country, kind`,
		)
		.all(sellerId, buyerId, of.fromDay, of.toDay);
}

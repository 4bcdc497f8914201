import type { Actor } from "#app/modules/access/actor.ts";
import { hasRight, requireOwnRight } from "#app/modules/access/require-right.ts";
import type { Tx } from "#db/tx.ts";
import { BillNotFoundError } from "./bill.errors.ts";
import type { Bill, BillLine } from "./bill.ts";

type Row = Omit<Bill, "seller" | "buyer" | "balance" | "lines"> & {
	seller: string;
	buyer: string;
	balance: string | null;
};

/**
 * A bill that the actor's account has issued or was given.
 *
 * @throws Response 403; BillNotFoundError
 */
export function getBill(tx: Tx, actor: Actor, id: number): Bill {
	requireOwnRight(actor, "money.read");
	const row = tx
		.sql<Row>(
			`SELECT b.id, b.number, b.account_id AS sellerId, b.buyer_account_id AS buyerId, b.from_day AS fromDay, b.to_day AS toDay,
			        b.issued_at_utc AS issuedAtUtc, b.seller, b.buyer, b.currency, b.sum_micros AS sumMicros, b.total_micros AS totalMicros,
			        b.tax_micros AS taxMicros, b.balance, b.cancels_id AS cancelsId, o.number AS cancelsNumber,
			        c.id AS cancelledById, c.number AS cancelledByNumber
			   FROM bills b LEFT JOIN bills o ON o.id = b.cancels_id LEFT JOIN bills c ON c.cancels_id = b.id
			  WHERE b.id = @id AND (b.account_id = @own OR b.buyer_account_id = @own)`,
		)
		.get({ id, own: actor.account.id });
	if (!row) throw new BillNotFoundError(`no bill ${id}`);
	const lines = tx
		.sql<BillLine>(
			`SELECT channel, country, kind, quantity, amount_micros AS amountMicros FROM bill_lines
			  WHERE bill_id = ? AND account_id = ? ORDER BY line`,
		)
		.all(id, row.sellerId);
	const { seller, buyer, balance, ...rest } = row;
	return {
		...rest,
		...{ seller: JSON.parse(seller), buyer: JSON.parse(buyer), balance: balance === null ? null : JSON.parse(balance) },
		lines,
	};
}

/** What the page of a bill shows. @throws Response 403; BillNotFoundError */
export function getBillPage(tx: Tx, actor: Actor, id: number) {
	const bill = getBill(tx, actor, id);
	const isSeller = bill.sellerId === actor.account.id;
	const isLiving = bill.cancelsId === null && bill.cancelledById === null;
	return { bill, isSeller, mayCancel: isSeller && isLiving && hasRight(actor, "money.create") };
}

/** What the page shows that asks whether a bill is to be cancelled. @throws Response 403; BillNotFoundError, also for one of another's */
export function getCancelBillPage(tx: Tx, actor: Actor, id: number) {
	requireOwnRight(actor, "money.create");
	const { bill, isSeller, mayCancel } = getBillPage(tx, actor, id);
	if (!isSeller) throw new BillNotFoundError(`bill ${id} is another's`);
	const { number, buyer, cancelledByNumber } = bill;
	return { id, number, name: buyer.legalName, mayCancel, cancelledByNumber };
}

import { cutPage, PAGE_ROWS } from "#app/lib/page-by-key.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight } from "#app/modules/access/require-right.ts";
import type { Tx } from "#db/tx.ts";

export interface ListedBill {
	id: number;
	number: number;
	/** Of the other side, as the bill has it. */
	name: string;
	fromDay: number;
	toDay: number;
	issuedAtUtc: number;
	totalMicros: number;
	currency: string;
	state: "issued" | "cancelled" | "cancelling";
}

const COLUMNS = `b.id, b.number, b.from_day AS fromDay, b.to_day AS toDay, b.issued_at_utc AS issuedAtUtc, b.total_micros AS totalMicros,
	b.currency, CASE WHEN b.cancels_id IS NOT NULL THEN 'cancelling'
	  WHEN EXISTS (SELECT 1 FROM bills c WHERE c.cancels_id = b.id AND c.account_id = b.account_id) THEN 'cancelled' ELSE 'issued' END AS state`;

const LISTS = {
	issued: `SELECT ${COLUMNS}, b.buyer ->> 'legalName' AS name FROM bills b INDEXED BY bills_seller
	  WHERE b.account_id = @own AND b.id < @before ORDER BY b.id DESC LIMIT ${PAGE_ROWS + 1}`,
	received: `SELECT ${COLUMNS}, b.seller ->> 'legalName' AS name FROM bills b INDEXED BY bills_buyer
	  WHERE b.buyer_account_id = @own AND b.id < @before ORDER BY b.id DESC LIMIT ${PAGE_ROWS + 1}`,
};

/**
 * Bills that the account has issued, or was given, newest first, 50 a page. A client only has the second, the root only the first.
 *
 * @param of what the address asks for.
 * @param after id of the last one of the page before.
 * @throws Response 403
 */
export function listBills(tx: Tx, actor: Actor, of: string | null, after?: number) {
	requireOwnRight(actor, "money.read");
	const { kind, id } = actor.account;
	const list: keyof typeof LISTS =
		kind === "client" || (kind === "dealer" && of === "received") ? "received" : "issued";
	const { rows, nextAfter } = cutPage(
		tx.sql<ListedBill>(LISTS[list]).all({ own: id, before: after ?? Number.MAX_SAFE_INTEGER }),
	);
	return { list, hasBoth: kind === "dealer", bills: rows, nextAfter };
}

import { writeMicros } from "#app/lib/micros.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import { BillNotFoundError, BillRefusedError } from "./bill.errors.ts";
import { getBill } from "./get-bill.server.ts";
import { insertBill } from "./insert-bill.server.ts";

/**
 * Takes a bill back by another one of the opposite sums, with a number of its own: what was issued stays as it is. A second time gives the
 * cancelling bill that there is. The period can be billed again then.
 *
 * @returns the cancelling bill's id.
 * @throws Response 403; BillNotFoundError, also for a bill that the account was given; BillRefusedError
 */
export async function cancelBill(actor: Actor, id: number, now = Date.now()): Promise<number> {
	requireOwnRight(actor, "money.create");
	return inTx((tx) => {
		const bill = getBill(tx, actor, id);
		if (bill.sellerId !== actor.account.id) throw new BillNotFoundError(`bill ${id} is another's`);
		if (bill.cancelsId !== null) throw new BillRefusedError("is_cancelling");
		if (bill.cancelledById !== null) return bill.cancelledById;
		const { buyerId, fromDay, toDay, seller, buyer, currency, sumMicros, totalMicros, taxMicros } = bill;
		const cancelling = insertBill(tx, actor, {
			...{ buyerId, fromDay, toDay, seller, buyer, currency, issuedAtUtc: now, balance: null, cancelsId: id },
			...{ sumMicros: -sumMicros || 0, totalMicros: -totalMicros || 0, taxMicros: -taxMicros || 0 },
			lines: bill.lines.map((line) => ({
				...line,
				quantity: -line.quantity || 0,
				amountMicros: -line.amountMicros || 0,
			})),
		});
		const path = tx.sql("SELECT path FROM accounts a WHERE a.id = ?").pluck().get(buyerId) as string;
		const detail = { number: bill.number, by: cancelling.number, amount: writeMicros(totalMicros) };
		// A buyer that has moved away since reads nothing of it in its trail, and its new dealer neither.
		const about = path.startsWith(actor.account.path) ? path : undefined;
		writeAudit(tx, actor, "bill.cancel", `bill:${id}`, detail, about);
		return cancelling.id;
	});
}

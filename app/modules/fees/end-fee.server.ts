import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { requireAccountBelow } from "#app/modules/accounts/require-account.server.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { requireBuyer } from "#app/modules/pricing/require-buyer.server.ts";
import { inTx } from "#db/tx.ts";
import { FeeMonthError, FeeNotFoundError } from "./fee.errors.ts";
import { FEE_COLUMNS, type Fee } from "./fee.ts";
import { monthPlus } from "./month.ts";

/**
 * Says which month is a fee's last. What has been charged stays; what is due and could not be paid yet is let go, where the last month
 * lies before it.
 *
 * @param last "2026-11"; null: no end any more.
 * @throws Response 403; AccountNotFoundError, AccountStateError (closed); FeeNotFoundError, also for one that is over; FeeMonthError for a
 * month before one that has been charged.
 */
export async function endFee(
	actor: Actor,
	accountId: number,
	{ feeId, last }: { feeId: number; last: string | null },
): Promise<void> {
	requireRight(actor, "prices.update");
	await inTx((tx) => {
		requireBuyer(tx, actor, accountId, "prices.update");
		const { path } = requireAccountBelow(tx, actor, accountId);
		const fee = tx
			.sql<Fee>(
				`SELECT ${FEE_COLUMNS} FROM fees f WHERE f.id = ? AND f.account_id = ? AND f.seller_account_id = ? AND f.try_at_utc IS NOT NULL`,
			)
			.get(feeId, accountId, actor.account.id);
		if (!fee) throw new FeeNotFoundError(`no fee ${feeId}`);
		if (fee.lastMonth === last) return;
		if (last !== null && last < monthPlus(fee.nextMonth, -1)) throw new FeeMonthError(last);
		const isOver = last !== null && last < fee.nextMonth;
		tx.sql(
			`UPDATE fees SET last_month = @last, try_at_utc = CASE WHEN @isOver THEN NULL ELSE try_at_utc END,
			        unpaid_since_utc = CASE WHEN @isOver THEN NULL ELSE unpaid_since_utc END
			  WHERE id = @feeId AND account_id = @accountId`,
		).run({ feeId, accountId, last, isOver: isOver ? 1 : 0 });
		const detail = { sender: fee.sender, months: `${fee.fromMonth} – ${last ?? ""}` };
		writeAudit(tx, actor, "prices.fee-end", `account:${accountId}`, detail, path);
	});
}

import { currency } from "#app/modules/platform/currency.server.ts";
import type { Tx } from "#db/tx.ts";
import { putNoticeToOwners } from "./put-notice.server.ts";

interface UnpaidFee {
	accountId: number;
	sellerAccountId: number;
	sender: string;
	month: string;
	amountMicros: number;
}

/** Tells an account's owners, and those of its dealer, that its balance does not cover a month's fee. */
export function putFeeUnpaid(tx: Tx, { accountId, sellerAccountId, sender, month, amountMicros }: UnpaidFee): void {
	const detail = { sender, month, amountMicros, currency: currency(tx) };
	putNoticeToOwners(tx, accountId, "fee.unpaid", detail);
	const { name } = tx.sql<{ name: string }>("SELECT name FROM accounts WHERE id = ?").get(accountId)!;
	putNoticeToOwners(tx, sellerAccountId, "fee.unpaid-below", { ...detail, accountId, name });
}

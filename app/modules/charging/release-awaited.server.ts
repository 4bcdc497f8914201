import type { Tx } from "#db/tx.ts";
import { postCharge } from "./post-charge.server.ts";
import { listPriceClasses } from "./price-class.server.ts";

/** Gives back what is held for people who have no message of the campaign and will have none, in the caller's transaction. */
export function releaseAwaited(tx: Tx, of: { accountId: number; campaignId: number }): void {
	for (const one of listPriceClasses(tx, of)) {
		if (one.awaited === 0) continue;
		postCharge(tx, one, { from: "held", to: null, quantity: one.awaited, providerId: null });
		tx.sql("UPDATE price_classes SET awaited = 0 WHERE campaign_id = ? AND class = ? AND account_id = ?").run(
			of.campaignId,
			one.class,
			of.accountId,
		);
	}
}

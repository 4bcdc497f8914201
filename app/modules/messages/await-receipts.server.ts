import type { Tx } from "#db/tx.ts";
import { SILENCE_SECONDS } from "./validity.ts";

/** Notes, in the transaction in which a campaign begins to be sent, that it and its second leg are to be looked through for silence. */
export function awaitReceipts(tx: Tx, of: { accountId: number; campaignId: number }): void {
	tx.sql(
		`INSERT INTO receipt_waits (campaign_id, account_id, due_at_utc)
		 SELECT id, account_id, @due FROM campaigns WHERE (id = @campaign OR fallback_of = @campaign) AND account_id = @account
		 ON CONFLICT DO NOTHING`,
	).run({ campaign: of.campaignId, account: of.accountId, due: Date.now() + SILENCE_SECONDS * 1000 });
}

import type { Tx } from "#db/tx.ts";

/** Whether who started the campaign has chosen to send to as many as the balance covers. */
export function coversOnly(tx: Tx, campaign: { id: number; accountId: number }): boolean {
	const row = tx
		.sql<{ coverOnly: number }>("SELECT cover_only AS coverOnly FROM campaigns WHERE id = ? AND account_id = ?")
		.get(campaign.id, campaign.accountId);
	return row?.coverOnly === 1;
}

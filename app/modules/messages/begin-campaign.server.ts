import { branchStanding } from "#app/modules/access/branch-standing.server.ts";
import { wasBlockedAt } from "#app/modules/access/was-blocked-at.server.ts";
import { inTx } from "#db/tx.ts";
import { putOutbox } from "#jobs/outbox.ts";
import { haltForBlock } from "./halt-for-block.server.ts";

/**
 * A scheduled campaign whose moment has come begins to be prepared. Too early, paused, cancelled or begun already: nothing
 * happens. One whose moment came while its account, or one above it, was blocked is paused: it would go out late, and nobody
 * would have asked for that.
 */
export async function beginCampaign(of: { accountId: number; campaignId: number }): Promise<void> {
	await inTx((tx) => {
		const now = Date.now();
		const due = tx
			.sql<{ path: string; startAtUtc: number }>(
				`SELECT a.path, c.start_at_utc AS startAtUtc FROM campaigns c JOIN accounts a ON a.id = c.account_id
				 WHERE c.id = ? AND c.account_id = ? AND c.state = 'scheduled' AND c.start_at_utc <= ?`,
			)
			.get(of.campaignId, of.accountId, now);
		if (!due) return;
		if (!branchStanding(tx, due.path, now).isActive || wasBlockedAt(tx, due.path, due.startAtUtc)) {
			haltForBlock(tx, of);
			return;
		}
		tx.sql(
			`UPDATE campaigns SET state = 'preparing', started_at_utc = ?, version = version + 1
			 WHERE id = ? AND account_id = ? AND state = 'scheduled'`,
		).run(now, of.campaignId, of.accountId);
		putOutbox(tx, { accountId: of.accountId, task: "prepare-campaign", payload: of });
	});
}

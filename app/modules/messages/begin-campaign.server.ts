import { branchStanding } from "#app/modules/access/branch-standing.server.ts";
import { wasBlockedAt } from "#app/modules/access/was-blocked-at.server.ts";
import type { PricedCampaign } from "#app/modules/charging/campaign-forecast.server.ts";
import { holdCampaign } from "#app/modules/charging/hold-campaign.server.ts";
import { shortOf } from "#app/modules/charging/short-of.ts";
import { putWait } from "#app/modules/limits/put-wait.server.ts";
import { putCoverMissing } from "#app/modules/notices/put-cover-missing.server.ts";
import { inTx } from "#db/tx.ts";
import { putOutbox } from "#jobs/outbox.ts";
import { haltForBlock, haltForCause } from "./halt-for-block.server.ts";

/**
 * A scheduled campaign whose moment has come begins to be prepared. Too early, paused, cancelled or begun already: nothing
 * happens. One whose moment came while its account, or one above it, was blocked is paused: it would go out late, and nobody
 * would have asked for that. One that cannot be paid for is paused as well, until somebody resumes it.
 */
export async function beginCampaign(of: { accountId: number; campaignId: number }): Promise<void> {
	await inTx((tx) => {
		const now = Date.now();
		const due = tx
			.sql<PricedCampaign & { path: string; startAtUtc: number; coverOnly: number }>(
				`SELECT c.id, c.account_id AS accountId, c.channel, c.text, c.collection_id AS collectionId, c.cover_only AS coverOnly,
				        a.path, c.start_at_utc AS startAtUtc FROM campaigns c JOIN accounts a ON a.id = c.account_id
				 WHERE c.id = ? AND c.account_id = ? AND c.state = 'scheduled' AND c.start_at_utc <= ?`,
			)
			.get(of.campaignId, of.accountId, now);
		if (!due) return;
		if (!branchStanding(tx, due.path, now).isActive || wasBlockedAt(tx, due.path, due.startAtUtc)) {
			haltForBlock(tx, of);
			return;
		}
		const short = shortOf(() => holdCampaign(tx, due, { coverOnly: due.coverOnly === 1, by: null }));
		if (short) {
			haltForCause(tx, of, short.cause);
			if (short.brake) putWait(tx, of, short.brake);
			if (short.dealerId) putCoverMissing(tx, short.dealerId, due.accountId);
			return;
		}
		tx.sql(
			`UPDATE campaigns SET state = 'preparing', started_at_utc = ?, version = version + 1
			 WHERE id = ? AND account_id = ? AND state = 'scheduled'`,
		).run(now, of.campaignId, of.accountId);
		putOutbox(tx, { accountId: of.accountId, task: "prepare-campaign", payload: of });
	});
}

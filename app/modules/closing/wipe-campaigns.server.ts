import { insertAudit } from "#app/modules/audit/write-audit.server.ts";
import type { Tx } from "#db/tx.ts";
import { putOutbox } from "#jobs/outbox.ts";

const CAMPAIGNS_A_SLICE = 50;

interface Row {
	campaignId: number;
	startedAtUtc: number | null;
}

/**
 * Cancels some of a closed account's campaigns that wait for a moment or for somebody: nobody is left to wait for.
 *
 * @returns false when there were none any more.
 */
export function cancelSlice(tx: Tx, accountId: number): boolean {
	const rows = tx
		.sql<Row>(
			`SELECT id AS campaignId, started_at_utc AS startedAtUtc FROM campaigns
			WHERE account_id = ? AND fallback_of IS NULL AND state IN ('scheduled', 'paused') LIMIT ${CAMPAIGNS_A_SLICE}`,
		)
		.all(accountId);
	const path = tx.sql<{ path: string }>("SELECT path FROM accounts WHERE id = ?").get(accountId)!.path;
	for (const { campaignId, startedAtUtc } of rows) {
		tx.sql(
			`UPDATE campaigns SET state = 'cancelled', paused_from = NULL, cause = NULL, finished_at_utc = ?, version = version + 1
			WHERE id = ? AND account_id = ?`,
		).run(Date.now(), campaignId, accountId);
		const payload = { accountId, campaignId };
		if (startedAtUtc !== null) putOutbox(tx, { accountId, task: "cancel-rest", payload });
		const subject = `campaign:${campaignId}`;
		insertAudit(tx, { accountId, path, userId: null, verb: "campaign.cancel", subject });
	}
	return rows.length > 0;
}

/** Deletes some of its drafts: nothing has come of them. @returns false when there were none any more. */
export function dropDraftsSlice(tx: Tx, accountId: number): boolean {
	const rows = tx
		.sql<Row>(
			`SELECT id AS campaignId, NULL AS startedAtUtc FROM campaigns WHERE account_id = ? AND state = 'draft'
			LIMIT ${CAMPAIGNS_A_SLICE}`,
		)
		.all(accountId);
	for (const { campaignId } of rows) {
		tx.sql("DELETE FROM campaign_counters WHERE campaign_id = ? AND account_id = ?").run(campaignId, accountId);
		tx.sql("DELETE FROM fallbacks WHERE campaign_id = ? AND account_id = ?").run(campaignId, accountId);
		tx.sql("DELETE FROM campaigns WHERE id = ? AND account_id = ?").run(campaignId, accountId);
	}
	return rows.length > 0;
}

import { insertAudit } from "#app/modules/audit/write-audit.server.ts";
import { putCampaignHalted } from "#app/modules/notices/put-campaign-notice.server.ts";
import type { Tx } from "#db/tx.ts";
import { firstLegOf } from "./legs.server.ts";

/**
 * Pauses a campaign because its account, or one above it, is blocked, or was at the moment that the campaign was to begin. It never
 * goes on by itself: what was right before the block may be wrong after it, so its owner resumes it. Nobody is lost by that, and
 * nobody is written to twice.
 */
export function haltForBlock(tx: Tx, leg: { accountId: number; campaignId: number }): void {
	haltForCause(tx, leg, "account_blocked");
}

/** The same for another cause, in words under `causes:<key>` or "account_blocked". */
export function haltForCause(tx: Tx, leg: { accountId: number; campaignId: number }, cause: string): void {
	const of = firstLegOf(tx, leg);
	const { changes } = tx
		.sql(
			`UPDATE campaigns SET state = 'paused', paused_from = state, cause = ?, version = version + 1
			 WHERE id = ? AND account_id = ? AND state IN ('scheduled', 'preparing', 'sending')`,
		)
		.run(cause, of.campaignId, of.accountId);
	if (changes === 0) return;
	const { path } = tx.sql<{ path: string }>("SELECT path FROM accounts WHERE id = ?").get(of.accountId)!;
	const subject = `campaign:${of.campaignId}`;
	const detail = { cause };
	insertAudit(tx, { accountId: of.accountId, path, userId: null, verb: "campaign.halt", subject, detail });
	putCampaignHalted(tx, of.campaignId, cause);
}

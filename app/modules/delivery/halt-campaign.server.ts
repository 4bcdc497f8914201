import { insertAudit } from "#app/modules/audit/write-audit.server.ts";
import { firstLegOf } from "#app/modules/messages/legs.server.ts";
import { putCampaignHalted } from "#app/modules/notices/put-campaign-notice.server.ts";
import { inTx } from "#db/tx.ts";

/**
 * Pauses a sending campaign, both its legs, on the system's own account, because going on would only burn its messages (no credit, refused
 * credentials, no active provider). Nothing is lost: whoever resumes it goes on where it was.
 *
 * @param cause a key of CAUSES, shown to people in words.
 */
export async function haltCampaign(leg: { accountId: number; campaignId: number }, cause: string): Promise<void> {
	await inTx((tx) => {
		const of = firstLegOf(tx, leg);
		const { changes } = tx
			.sql(
				"UPDATE campaigns SET state = 'paused', paused_from = 'sending', cause = ?, version = version + 1 WHERE id = ? AND account_id = ? AND state = 'sending'",
			)
			.run(cause, of.campaignId, of.accountId);
		if (changes === 0) return;
		const path = tx.sql<{ path: string }>("SELECT path FROM accounts WHERE id = ?").get(of.accountId)!.path;
		const subject = `campaign:${of.campaignId}`;
		insertAudit(tx, { accountId: of.accountId, path, userId: null, verb: "campaign.halt", subject, detail: { cause } });
		putCampaignHalted(tx, of.campaignId, cause);
	});
}

import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { putCampaignHalted } from "#app/modules/notices/put-campaign-notice.server.ts";
import { inTx, type Tx } from "#db/tx.ts";
import { putOutbox } from "#jobs/outbox.ts";
import { findWait, type Wait } from "./find-wait.server.ts";
import { WaitOverError } from "./limits.errors.ts";

/**
 * Lets a campaign that the brake has stopped go out after all, or says that it does not. Released, it begins as a scheduled one does, by
 * a job: what it costs is held then. One that was kept back can still be released, or cancelled by its own people.
 *
 * @throws Response 403; WaitNotFoundError; WaitOverError where it was released, cancelled or begun meanwhile
 */
export async function decideWait(actor: Actor, campaignId: number, decision: "released" | "kept"): Promise<void> {
	requireRight(actor, "accounts.read");
	requireRight(actor, "accounts.update");
	await inTx((tx) => {
		const wait = findWait(tx, actor, campaignId);
		if (wait.decision === decision) return;
		if (!wait.isWaiting) throw new WaitOverError();
		tx.sql("UPDATE limit_waits SET decision = ? WHERE campaign_id = ? AND account_id = ?").run(
			decision,
			campaignId,
			wait.accountId,
		);
		if (decision === "released") release(tx, wait);
		else keep(tx, wait);
		const verb = decision === "released" ? "campaign.release" : "campaign.keep";
		const detail = { count: wait.people };
		writeAudit(tx, actor, verb, `campaign:${campaignId}`, detail, wait.accountPath);
	});
}

function release(tx: Tx, { campaignId, accountId }: Wait): void {
	tx.sql(
		`UPDATE campaigns SET state = 'scheduled', paused_from = NULL, cause = NULL, start_at_utc = coalesce(start_at_utc, @now),
		        branch_path = coalesce(branch_path, (SELECT path FROM accounts a WHERE a.id = campaigns.account_id)), version = version + 1
		  WHERE id = @campaignId AND account_id = @accountId AND state = 'paused'`,
	).run({ campaignId, accountId, now: Date.now() });
	putOutbox(tx, { accountId, task: "begin-campaign", payload: { accountId, campaignId } });
}

function keep(tx: Tx, { campaignId, accountId }: Wait): void {
	tx.sql(
		"UPDATE campaigns SET cause = 'volume_kept', version = version + 1 WHERE id = ? AND account_id = ? AND state = 'paused'",
	).run(campaignId, accountId);
	putCampaignHalted(tx, campaignId, "volume_kept");
}

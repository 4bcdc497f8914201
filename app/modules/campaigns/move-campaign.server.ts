import type { Actor } from "#app/modules/access/actor.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import type { Tx } from "#db/tx.ts";
import { putOutbox } from "#jobs/outbox.ts";
import type { Campaign, CampaignDeed, CampaignState, PausedFrom } from "./campaign.ts";

interface Move {
	to: CampaignState;
	pausedFrom?: PausedFrom;
	startedAtUtc?: number;
	finishedAtUtc?: number;
}

/**
 * Moves a campaign that the caller has just read in the same transaction, and writes down who did it. What must happen outside for the
 * new state goes into the outbox with it.
 */
export function moveCampaign(tx: Tx, actor: Actor, campaign: Campaign, deed: CampaignDeed, move: Move): void {
	tx.sql(
		`UPDATE campaigns SET state = ?, paused_from = ?, cause = NULL, started_at_utc = coalesce(?, started_at_utc),
		        finished_at_utc = ?, version = version + 1,
		        branch_path = coalesce(branch_path, (SELECT path FROM accounts a WHERE a.id = campaigns.account_id))
		  WHERE id = ? AND account_id = ?`,
	).run(
		move.to,
		move.pausedFrom ?? null,
		move.startedAtUtc ?? null,
		move.finishedAtUtc ?? null,
		campaign.id,
		campaign.accountId,
	);
	putJob(tx, campaign, move.to);
	writeAudit(tx, actor, `campaign.${deed}`, `campaign:${campaign.id}`, { from: campaign.state, to: move.to });
}

/** The job that carries a campaign on from a state; none where nothing is left to be done. */
function putJob(tx: Tx, campaign: Campaign, to: CampaignState): void {
	const payload = { accountId: campaign.accountId, campaignId: campaign.id };
	const of = { accountId: campaign.accountId, payload };
	if (to === "scheduled" && campaign.startAtUtc !== null)
		putOutbox(tx, { ...of, task: "begin-campaign", runAtUtc: campaign.startAtUtc });
	if (to === "preparing") putOutbox(tx, { ...of, task: "prepare-campaign" });
	if (to === "sending") putOutbox(tx, { ...of, task: "send-campaign" });
	// Rows may be there from the moment that preparing began.
	if (to === "cancelled" && campaign.startedAtUtc !== null) putOutbox(tx, { ...of, task: "cancel-rest" });
}

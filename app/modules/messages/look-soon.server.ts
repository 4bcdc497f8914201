import type { Tx } from "#db/tx.ts";
import type { CampaignRange } from "./counter-deltas.server.ts";

/** Ids in one stretch of a first leg that is looked through for people who need the second: a few ms of a transaction. */
export const STRETCH_IDS = 2_048;
/** Stretches of a campaign that are looked through in a second at most, however much bad news comes. */
const STRETCHES_A_SECOND = 20;
const SOONEST_SECONDS = 2;

/** Seconds between two looks at one stretch of a campaign of so many messages. */
export function lookPause(messageCount: number): number {
	return Math.max(SOONEST_SECONDS, Math.ceil(messageCount / STRETCH_IDS / STRETCHES_A_SECOND));
}

/**
 * Bad news came about messages firstId … lastId of a campaign: if it has a second leg, they are looked through soon, in a transaction
 * of their own, so that applying receipts stays as quick as ever. Also a stretch that was thought decided: news that come late count
 * as long as the campaign is open.
 */
export function lookSoon(tx: Tx, campaign: CampaignRange, firstId: number, lastId: number): void {
	if (campaign.secondId === null) return;
	const at = Math.floor(Date.now() / 1000) + lookPause(campaign.end - campaign.first);
	tx.sql(
		`WITH RECURSIVE stretch (id) AS (
		   SELECT @firstId - (@firstId - @campaignFirst) % ${STRETCH_IDS}
		   UNION ALL SELECT id + ${STRETCH_IDS} FROM stretch WHERE id + ${STRETCH_IDS} <= @lastId)
		 INSERT INTO fallback_looks (campaign_id, account_id, first_message_id, look_at)
		 SELECT @campaignId, @accountId, stretch.id, @at FROM stretch
		  WHERE EXISTS (SELECT 1 FROM campaigns WHERE id = @campaignId AND account_id = @accountId AND state IN ('sending', 'paused'))
		 ON CONFLICT DO UPDATE SET look_at = excluded.look_at WHERE look_at > excluded.look_at`,
	).run({
		firstId,
		lastId,
		at,
		campaignFirst: campaign.first,
		campaignId: campaign.campaignId,
		accountId: campaign.accountId,
	});
}

import { WATCH_SECONDS } from "#app/modules/fallback/fallback-rule.ts";
import type { Tx } from "#db/tx.ts";
import { STRETCH_IDS } from "./look-soon.server.ts";

/**
 * Plans when a first leg that begins to be sent is looked through for people who need the second: each stretch of its messages when the
 * first of them can be due. Nothing for a campaign without a second leg.
 */
export function planLooks(tx: Tx, of: { accountId: number; campaignId: number }): void {
	tx.sql(
		`WITH RECURSIVE stretch (id, "end") AS (
		   SELECT first_message_id, first_message_id + message_count FROM campaigns WHERE id = @campaign AND account_id = @account
		   UNION ALL SELECT id + ${STRETCH_IDS}, "end" FROM stretch WHERE id + ${STRETCH_IDS} < "end")
		 INSERT INTO fallback_looks (campaign_id, account_id, first_message_id, look_at)
		 SELECT f.campaign_id, f.account_id, stretch.id, @now + coalesce(f.after_seconds, ${WATCH_SECONDS})
		   FROM stretch JOIN fallbacks f ON f.campaign_id = @campaign AND f.account_id = @account`,
	).run({ campaign: of.campaignId, account: of.accountId, now: Math.floor(Date.now() / 1000) });
}

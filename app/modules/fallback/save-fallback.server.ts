import type { Sender } from "#app/modules/campaigns/allowed-senders.server.ts";
import { secondLegOf } from "#app/modules/messages/legs.server.ts";
import type { Tx } from "#db/tx.ts";
import type { FallbackRule } from "./fallback-rule.ts";

export interface FallbackInput extends FallbackRule {
	sender: Sender;
	text: string;
}

/**
 * Writes a draft's second leg as its form has it, or takes it away. The caller has checked that the draft is the actor's own and may be
 * changed. It is a campaign of its own, which no list shows: what sends, counts and stops campaigns does the same with it.
 */
export function saveFallback(
	tx: Tx,
	draft: { accountId: number; campaignId: number },
	input: FallbackInput | null,
): void {
	const { accountId, campaignId } = draft;
	const known = secondLegOf(tx, draft)?.campaignId;
	if (!input) {
		if (known !== undefined) dropFallback(tx, draft, known);
		return;
	}
	const secondId = known ?? addLeg(tx, draft);
	tx.sql(
		`UPDATE campaigns SET channel = @channel, sender = @sender, text = @text,
		        (name, collection_id, state) = (SELECT name, collection_id, state FROM campaigns c WHERE c.id = @campaignId)
		  WHERE id = @secondId AND account_id = @accountId`,
	).run({
		channel: input.sender.channel,
		sender: input.sender.name,
		text: input.text,
		campaignId,
		secondId,
		accountId,
	});
	tx.sql(
		`INSERT INTO fallbacks (campaign_id, account_id, second_id, after_seconds, reasons) VALUES (?, ?, ?, ?, ?)
		 ON CONFLICT (campaign_id) DO UPDATE SET after_seconds = excluded.after_seconds, reasons = excluded.reasons`,
	).run(campaignId, accountId, secondId, input.afterSeconds, JSON.stringify(input.reasons));
}

function addLeg(tx: Tx, { accountId, campaignId }: { accountId: number; campaignId: number }): number {
	const { lastInsertRowid } = tx
		.sql(
			`INSERT INTO campaigns (account_id, user_id, name, channel, sender, text, collection_id, state, fallback_of, form_key, created_at_utc)
			 SELECT account_id, user_id, name, 'sms', '', '', collection_id, state, id, 'fallback:' || id, created_at_utc
			   FROM campaigns WHERE id = ? AND account_id = ?`,
		)
		.run(campaignId, accountId);
	tx.sql("INSERT INTO campaign_counters (campaign_id, account_id) VALUES (?, ?)").run(lastInsertRowid, accountId);
	return Number(lastInsertRowid);
}

function dropFallback(tx: Tx, draft: { accountId: number; campaignId: number }, secondId: number): void {
	tx.sql("DELETE FROM fallbacks WHERE campaign_id = ? AND account_id = ?").run(draft.campaignId, draft.accountId);
	tx.sql("DELETE FROM campaign_counters WHERE campaign_id = ? AND account_id = ?").run(secondId, draft.accountId);
	tx.sql("DELETE FROM campaigns WHERE id = ? AND account_id = ?").run(secondId, draft.accountId);
}

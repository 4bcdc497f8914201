import type { Actor } from "#app/modules/access/actor.ts";
import { hasRight } from "#app/modules/access/require-right.ts";
import { CAMPAIGN_IN_SCOPE, campaignScopeOf } from "#app/modules/campaigns/campaign-scope.ts";
import type { Tx } from "#db/tx.ts";

/** The id of the campaign that has the message; null where there is none, or it is not for this actor to read. */
export function campaignOfMessage(tx: Tx, actor: Actor, messageId: number): number | null {
	if (!hasRight(actor, "campaigns.read")) return null;
	const row = tx
		.sql<{ id: number }>(
			`SELECT c.id FROM campaigns c JOIN accounts a ON a.id = c.account_id
			  WHERE c.first_message_id = (SELECT max(first_message_id) FROM campaigns WHERE first_message_id <= @message)
			    AND c.first_message_id + c.message_count > @message AND ${CAMPAIGN_IN_SCOPE}`,
		)
		.get({ message: messageId, ...campaignScopeOf(actor) });
	return row?.id ?? null;
}

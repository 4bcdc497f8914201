import { CAUSES } from "#app/channels/causes.ts";
import type { Tx } from "#db/tx.ts";

/**
 * What a person's "no" reaches to. Who blocked a sender, or answered it with STOP, has spoken to that sender. A stop list that a provider
 * keeps does not say whom it was said to: nobody of the account writes to the person on that channel any more.
 */
const REACH = new Map<number | null, "sender" | "channel">([
	[CAUSES.blocked_by_recipient, "sender"],
	[CAUSES.on_stop_list, "channel"],
]);

/**
 * Puts the recipients of a campaign's messages firstId … lastId on its account's stop list where what was heard of them (`cause`, at `at`,
 * unix seconds) says that they will not be written to; for any other cause it does nothing. Heard again it changes nothing, nor what
 * has been taken back since.
 */
export function stopOptOuts(
	tx: Tx,
	of: { accountId: number; campaignId: number },
	firstId: number,
	lastId: number,
	{ cause, at }: { cause: number | null; at: number },
): void {
	const reach = REACH.get(cause);
	if (!reach) return;
	tx.sql(
		`INSERT INTO stops (account_id, recipient, channel, sender, cause, campaign_id, message_id, created_at_utc)
		 SELECT c.account_id, m.recipient, c.channel, iif(@isSender, c.sender, ''), @cause, c.id, m.id, @now
		   FROM campaigns c JOIN accounts a ON a.id = c.account_id AND a.state <> 'closed' CROSS JOIN messages m
		  WHERE c.id = @campaignId AND c.account_id = @accountId AND m.id BETWEEN @firstId AND @lastId
		    AND NOT EXISTS (SELECT 1 FROM stops l WHERE l.account_id = c.account_id AND l.recipient = m.recipient
		          AND l.lifted_at_utc IS NOT NULL AND l.channel = c.channel AND l.sender = iif(@isSender, c.sender, '')
		          AND (l.message_id = m.id OR l.lifted_at_utc > @saidBefore))
		 ON CONFLICT DO NOTHING`,
	).run({
		isSender: reach === "sender" ? 1 : 0,
		cause,
		now: Date.now(),
		campaignId: of.campaignId,
		accountId: of.accountId,
		firstId,
		lastId,
		// News come to the second: of what happened within one, the later is taken to be the "no".
		saidBefore: at * 1000 + 999,
	});
}

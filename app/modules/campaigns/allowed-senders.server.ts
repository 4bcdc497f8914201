import type { ChannelName } from "#app/channels/channel.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import type { Tx } from "#db/tx.ts";

export interface Sender {
	channel: ChannelName;
	name: string;
}

/** The sender names that the account may write under: its own and those of the accounts above it, by name; SMS, the dearest, last. */
export function allowedSenders(tx: Tx, actor: Actor): Sender[] {
	const branch = actor.account.path.split("/").filter(Boolean).map(Number);
	return tx
		.sql<Sender>(
			`SELECT DISTINCT channel, name FROM senders
			  WHERE account_id IN (SELECT value FROM json_each(?)) ORDER BY name, channel = 'sms', channel`,
		)
		.all(JSON.stringify(branch));
}

export function mayUseSender(tx: Tx, actor: Actor, sender: Sender): boolean {
	return allowedSenders(tx, actor).some((one) => one.channel === sender.channel && one.name === sender.name);
}

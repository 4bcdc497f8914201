import type { ChannelName } from "#app/channels/channel.ts";
import { idsOf } from "#app/modules/accounts/insert-account.server.ts";
import type { Tx } from "#db/tx.ts";

/**
 * Sender names that an account writes under, its own and those of the accounts above it: what a fee can be for.
 *
 * @param path of the account.
 */
export function feeSenders(tx: Tx, path: string): { channel: ChannelName; name: string }[] {
	return tx
		.sql<{ channel: ChannelName; name: string }>(
			`SELECT DISTINCT channel, name FROM senders WHERE account_id IN (SELECT value FROM json_each(?)) ORDER BY name, channel`,
		)
		.all(JSON.stringify(idsOf(path)));
}

import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import type { Tx } from "#db/tx.ts";
import { idsOf } from "./insert-account.server.ts";
import { requireEditable } from "./require-editable.server.ts";
import type { CHANNELS } from "./sender.schema.ts";

interface Sender {
	id: number;
	channel: (typeof CHANNELS)[number];
	name: string;
}

/**
 * The sender names of an account: its own, and those that it writes under because an account above has them.
 *
 * @throws Response 403; AccountNotFoundError, AccountStateError
 */
export function getSendersPage(tx: Tx, actor: Actor, accountId: number) {
	requireRight(actor, "accounts.update");
	const { id, name, path } = requireEditable(tx, actor, accountId);
	const own = tx
		.sql<Sender>("SELECT id, channel, name FROM senders WHERE account_id = ? ORDER BY channel, name")
		.all(accountId);
	const above = tx
		.sql<Omit<Sender, "id">>(
			`SELECT DISTINCT channel, name FROM senders WHERE account_id IN (SELECT value FROM json_each(?)) ORDER BY channel, name`,
		)
		.all(JSON.stringify(idsOf(path).slice(0, -1)));
	return { id, name, own, above };
}

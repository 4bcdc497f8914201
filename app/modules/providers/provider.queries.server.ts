import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import type { Tx } from "#db/tx.ts";

export interface ProviderRow {
	id: number;
	name: string;
	adapter: string;
	channel: "viber" | "whatsapp" | "sms";
	state: "active" | "draining" | "disabled";
	bulkSize: number;
	connections: number;
}

/** The delivery providers of the actor's account; an installation has some ten. Their settings stay sealed. */
export function listProviders(tx: Tx, actor: Actor): ProviderRow[] {
	requireRight(actor, "providers.read");
	return tx
		.sql<ProviderRow>(
			`SELECT id, name, adapter, channel, state, bulk_size AS bulkSize, connections FROM providers
			WHERE account_id = ? ORDER BY channel, name LIMIT 100`,
		)
		.all(actor.account.id);
}

import type { ChannelName } from "#app/channels/channel.ts";
import type { AdapterName } from "#app/channels/registry.ts";
import { seal } from "#app/lib/secrets.server.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight, requireSelf } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import type { ProviderInput } from "./provider.schema.ts";
import { requireFreeName } from "./require-free-name.server.ts";

/**
 * Connects a provider, not yet active: whoever does it tries it first. The settings have passed the adapter's own schema.
 *
 * @returns its id.
 * @throws ProviderNameTakenError
 */
export async function connectProvider(
	actor: Actor,
	of: { adapter: AdapterName; channel: ChannelName },
	input: ProviderInput,
): Promise<number> {
	requireRight(actor, "providers.create");
	requireSelf(actor);
	return inTx((tx) => {
		requireFreeName(tx, actor, input.name, null);
		const { lastInsertRowid } = tx
			.sql(
				`INSERT INTO providers (account_id, name, adapter, channel, state, sealed_settings, bulk_size, connections, created_at_utc)
				 VALUES (?, ?, ?, ?, 'disabled', '', ?, ?, ?)`,
			)
			.run(actor.account.id, input.name, of.adapter, of.channel, input.bulkSize, input.connections, Date.now());
		const id = Number(lastInsertRowid);
		// Sealed for the row's own id, which is known only now.
		tx.sql("UPDATE providers SET sealed_settings = ? WHERE id = ? AND account_id = ?").run(
			seal(JSON.stringify(input.settings), `provider:${id}`),
			id,
			actor.account.id,
		);
		writeAudit(tx, actor, "provider.connect", `provider:${id}`, { name: input.name, ...of });
		return id;
	});
}

import type { ChannelName } from "#app/channels/channel.ts";
import type { AdapterName } from "#app/channels/registry.ts";
import type { Tx } from "#db/tx.ts";

/** Writes a provider as it stands in the books, without settings: what is never called needs none. Returns its id. */
export function addProvider(
	tx: Tx,
	of: { accountId: number; name: string; adapter?: AdapterName; channel?: ChannelName; state?: string },
): number {
	const { lastInsertRowid } = tx
		.sql(
			`INSERT INTO providers (account_id, name, adapter, channel, state, sealed_settings, bulk_size, connections, created_at_utc)
			 VALUES (?, ?, ?, ?, ?, '', 100, 8, 1)`,
		)
		.run(of.accountId, of.name, of.adapter ?? "vonage", of.channel ?? "sms", of.state ?? "active");
	return Number(lastInsertRowid);
}

/** Writes a route; `steps`: provider, tier, weight. Returns its id. */
export function addRoute(
	tx: Tx,
	of: { accountId: number; branch: number; channel?: ChannelName; country?: string; kind?: string },
	steps: [providerId: number, tier: number, weight: number][],
): number {
	const { lastInsertRowid } = tx
		.sql(
			"INSERT INTO routes (account_id, channel, branch_account_id, country, kind, created_at_utc) VALUES (?, ?, ?, ?, ?, 1)",
		)
		.run(of.accountId, of.channel ?? "sms", of.branch, of.country ?? "", of.kind ?? "");
	const id = Number(lastInsertRowid);
	for (const [providerId, tier, weight] of steps) {
		tx.sql("INSERT INTO route_steps (account_id, route_id, provider_id, tier, weight) VALUES (?, ?, ?, ?, ?)").run(
			of.accountId,
			id,
			providerId,
			tier,
			weight,
		);
	}
	return id;
}

import type { ChannelName } from "#app/channels/channel.ts";
import { limitsOn } from "#app/channels/channel.ts";
import { requireAdapter } from "#app/channels/registry.ts";
import { env } from "#app/lib/env.ts";
import { callbackToken, unseal } from "#app/lib/secrets.server.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import type { Tx } from "#db/tx.ts";
import { ProviderNotFoundError } from "./provider.errors.ts";
import { settingFields } from "./setting-fields.ts";
import { marksOf } from "./value-marks.server.ts";

export interface ProviderRow {
	id: number;
	name: string;
	adapter: string;
	channel: ChannelName;
	state: "active" | "draining" | "disabled";
	bulkSize: number;
	connections: number;
}

const COLUMNS = "id, name, adapter, channel, state, bulk_size AS bulkSize, connections";

/** The delivery providers of the actor's account; an installation has some ten. Their settings stay sealed. */
export function listProviders(tx: Tx, actor: Actor): ProviderRow[] {
	requireRight(actor, "providers.read");
	return tx
		.sql<ProviderRow>(`SELECT ${COLUMNS} FROM providers WHERE account_id = ? ORDER BY channel, name LIMIT 100`)
		.all(actor.account.id);
}

/**
 * One provider as its page shows it: secrets are left out.
 *
 * @throws ProviderNotFoundError
 */
export function getProvider(tx: Tx, actor: Actor, providerId: number) {
	requireRight(actor, "providers.read");
	const row = tx
		.sql<ProviderRow & { sealed: string; version: number }>(
			`SELECT ${COLUMNS}, sealed_settings AS sealed, callback_version AS version FROM providers
			  WHERE id = ? AND account_id = ?`,
		)
		.get(providerId, actor.account.id);
	if (!row) throw new ProviderNotFoundError(`no provider ${providerId}`);
	const { sealed, version, ...provider } = row;
	const adapter = requireAdapter(row.adapter);
	const fields = settingFields(adapter);
	const settings = JSON.parse(unseal(sealed, `provider:${row.id}`)) as Record<string, string>;
	const open = fields.filter(({ isSecret }) => !isSecret).map(({ name }) => [name, String(settings[name] ?? "")]);
	return {
		...provider,
		fields,
		limits: limitsOn(adapter, row.channel),
		settings: Object.fromEntries(open) as Record<string, string>,
		/** What the form shows, by which a save tells whether somebody else has changed it since. */
		seen: marksOf(row.id, { ...provider, settings }),
		callbackUrl: `${env().PUBLIC_URL}/hooks/${row.id}/${version}-${callbackToken(row.id, version)}`,
	};
}

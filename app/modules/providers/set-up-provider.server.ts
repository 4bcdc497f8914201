import type { ChannelAdapter, ChannelName } from "#app/channels/channel.ts";
import { requireAdapter } from "#app/channels/registry.ts";
import { unseal } from "#app/lib/secrets.server.ts";

export interface ProviderRow {
	id: number;
	name: string;
	adapter: string;
	channel: ChannelName;
	state: string;
	sealed_settings: string;
	callback_version: number;
	bulk_size: number;
	connections: number;
	per_second: number | null;
	per_sender_per_second: number | null;
	per_day: number | null;
}

/** A provider's way of speaking and its settings, unsealed. */
export interface ProviderSetup {
	row: ProviderRow;
	adapter: ChannelAdapter<unknown>;
	settings: unknown;
}

/** By the provider: unsealing costs more than a callback. A row that has changed in anything is set up anew. */
const kept = new Map<number, { key: string; setup: ProviderSetup }>();

/** A provider made ready by its row; as long as the row stays the same, so does the answer. */
export function setUp(row: ProviderRow): ProviderSetup {
	const key = JSON.stringify(row);
	const known = kept.get(row.id);
	if (known?.key === key) return known.setup;
	const adapter = requireAdapter(row.adapter);
	const settings = adapter.settings.parse(JSON.parse(unseal(row.sealed_settings, `provider:${row.id}`)));
	const setup = { row, adapter, settings };
	kept.set(row.id, { key, setup });
	return setup;
}

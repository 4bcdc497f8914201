import { type ChannelAdapter, type ChannelName, limitsOn } from "#app/channels/channel.ts";
import { requireAdapter } from "#app/channels/registry.ts";
import { createTransport, type PooledTransport } from "#app/channels/transport.server.ts";
import { env } from "#app/lib/env.ts";
import { callbackToken, unseal } from "#app/lib/secrets.server.ts";
import { readBooks } from "#db/tx.ts";
import { Slots } from "./slots.ts";

/** A provider made ready to be called: everything that the call stage needs, and the process's share of its connections. */
export interface ProviderLine {
	providerId: number;
	adapter: ChannelAdapter<unknown>;
	channel: ChannelName;
	settings: unknown;
	transport: PooledTransport;
	/** Where it reports to. */
	callbackUrl: string;
	bulkSize: number;
	slots: Slots;
	/** Unix ms: not to be called before. */
	pausedUntil: number;
}

interface Row {
	id: number;
	adapter: string;
	channel: ChannelName;
	state: string;
	sealed_settings: string;
	callback_version: number;
	bulk_size: number;
	connections: number;
}

const lines = new Map<number, { key: string; line: ProviderLine }>();

/** The line to a provider, by its id, whatever its state: questions about old messages are asked of disabled ones too. */
export function providerLine(providerId: number): ProviderLine {
	const row = readBooks((tx) => tx.sql<Row>("SELECT * FROM providers WHERE id = ?").get(providerId));
	if (!row) throw new Error(`there is no provider ${providerId}`);
	return lineOf(row);
}

/** The line that new messages of a channel go out on; undefined while no provider is active. */
export function activeLine(channel: string): ProviderLine | undefined {
	const row = readBooks((tx) =>
		tx.sql<Row>("SELECT * FROM providers WHERE channel = ? AND state = 'active' ORDER BY id LIMIT 1").get(channel),
	);
	return row && lineOf(row);
}

function lineOf(row: Row): ProviderLine {
	// Whatever of the row changes makes a new line; calls under way end on the old one.
	const key = JSON.stringify(row);
	const known = lines.get(row.id);
	if (known?.key === key) return known.line;
	if (known) void known.line.transport.close();
	const adapter = requireAdapter(row.adapter);
	const line: ProviderLine = {
		providerId: row.id,
		adapter,
		channel: row.channel,
		settings: adapter.settings.parse(JSON.parse(unseal(row.sealed_settings, `provider:${row.id}`))),
		transport: createTransport({ connections: row.connections, timeoutMs: env().CALL_TIMEOUT_MS }),
		callbackUrl: `${env().PUBLIC_URL}/hooks/${row.id}/${row.callback_version}-${callbackToken(row.id, row.callback_version)}`,
		bulkSize: Math.min(row.bulk_size, limitsOn(adapter, row.channel).bulkSize),
		slots: new Slots(row.connections),
		pausedUntil: known?.line.pausedUntil ?? 0,
	};
	lines.set(row.id, { key, line });
	return line;
}

export async function closeLines(): Promise<void> {
	const all = [...lines.values()];
	lines.clear();
	await Promise.all(all.map(({ line }) => line.transport.close()));
}

import { type ChannelAdapter, type ChannelName, limitsOn, type Session } from "#app/channels/channel.ts";
import { isSession, openTransport } from "#app/channels/open-transport.server.ts";
import { createTransport, type PooledTransport } from "#app/channels/transport.server.ts";
import { env } from "#app/lib/env.ts";
import { callbackToken } from "#app/lib/secrets.server.ts";
import {
	type ProviderRow,
	type ProviderSetup,
	providerSetup,
	setUp,
} from "#app/modules/providers/provider-setup.server.ts";
import { readBooks } from "#db/tx.ts";
import { storeReceipt } from "#jobs/wire/store-receipt.ts";
import { Slots } from "./slots.ts";

/** One connection for questions to so many for messages. */
const ASK_SHARE = 4;

/** A provider made ready to be called: everything that the call stage needs, and the process's share of its connections. */
export interface ProviderLine {
	providerId: number;
	adapter: ChannelAdapter<unknown>;
	channel: ChannelName;
	settings: unknown;
	transport: PooledTransport | Session;
	/** For questions about what it has taken: never in the way of what is sent. */
	askTransport: PooledTransport;
	/** Where it reports to. */
	callbackUrl: string;
	bulkSize: number;
	slots: Slots;
	/** Unix ms: not to be called before. */
	pausedUntil: number;
}

const lines = new Map<number, { setup: ProviderSetup; line: ProviderLine }>();

/** The line to a provider, by its id, whatever its state: questions about old messages are asked of disabled ones too. */
export function providerLine(providerId: number): ProviderLine {
	const setup = providerSetup(providerId);
	if (!setup) throw new Error(`there is no provider ${providerId}`);
	return lineOf(setup);
}

/** The line that new messages of a channel go out on; undefined while no provider is active. */
export function activeLine(channel: string): ProviderLine | undefined {
	const row = readBooks((tx) =>
		tx
			.sql<ProviderRow>("SELECT * FROM providers WHERE channel = ? AND state = 'active' ORDER BY id LIMIT 1")
			.get(channel),
	);
	return row && lineOf(setUp(row));
}

function lineOf(setup: ProviderSetup): ProviderLine {
	const { row, adapter, settings } = setup;
	// Whatever of the row changes makes a new line; calls under way end on the old one.
	const known = lines.get(row.id);
	if (known?.setup === setup) return known.line;
	if (known) void closeLine(known.line);
	const line: ProviderLine = {
		providerId: row.id,
		adapter,
		channel: row.channel,
		settings,
		transport: openTransport(adapter, settings, {
			...callHow(row.connections),
			onReceipt: (body) => storeReceipt({ providerId: row.id, path: "", body }),
		}),
		askTransport: createTransport(callHow(Math.ceil(row.connections / ASK_SHARE))),
		callbackUrl: `${env().PUBLIC_URL}/hooks/${row.id}/${row.callback_version}-${callbackToken(row.id, row.callback_version)}`,
		bulkSize: Math.min(row.bulk_size, limitsOn(adapter, row.channel).bulkSize),
		slots: new Slots(row.connections),
		pausedUntil: known?.line.pausedUntil ?? 0,
	};
	lines.set(row.id, { setup, line });
	return line;
}

function callHow(connections: number) {
	return { connections, timeoutMs: env().CALL_TIMEOUT_MS, network: env().PROVIDER_NETWORK };
}

/**
 * Keeps the sessions of providers that have them, so that receipts come while nothing is sent; ends those of providers that have been
 * switched off or changed. For the sidecar: two that hold one provider's session would take it from each other.
 */
export function keepSessions(): void {
	const rows = readBooks((tx) =>
		tx.sql<ProviderRow>("SELECT * FROM providers WHERE state IN ('active', 'draining') ORDER BY id").all(),
	);
	const kept = new Set(rows.map(({ id }) => id));
	for (const [id, { line }] of lines) {
		if (kept.has(id) || !isSession(line.transport)) continue;
		lines.delete(id);
		void closeLine(line);
	}
	for (const row of rows) {
		const { transport } = lineOf(setUp(row));
		if (isSession(transport)) transport.keep();
	}
}

export async function closeLines(): Promise<void> {
	const all = [...lines.values()];
	lines.clear();
	await Promise.all(all.map(({ line }) => closeLine(line)));
}

async function closeLine({ transport, askTransport }: ProviderLine): Promise<void> {
	await Promise.all([transport.close(), askTransport.close()]);
}

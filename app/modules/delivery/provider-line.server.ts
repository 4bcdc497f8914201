import { type ChannelAdapter, type ChannelName, limitsOn, type Session } from "#app/channels/channel.ts";
import { isSession, openTransport } from "#app/channels/open-transport.server.ts";
import { createTransport, type PooledTransport } from "#app/channels/transport.server.ts";
import { env } from "#app/lib/env.ts";
import { log } from "#app/lib/log.ts";
import { callbackToken } from "#app/lib/secrets.server.ts";
import type { Health } from "#app/modules/failover/health.ts";
import {
	type ProviderRow,
	type ProviderSetup,
	providerSetup,
	setUp,
} from "#app/modules/providers/provider-setup.server.ts";
import { readBooks } from "#db/tx.ts";
import { storeReceipt } from "#jobs/wire/store-receipt.ts";
import { forgetHealth, healthOf, pausedUntil } from "./standing.server.ts";
import { TokenGate } from "./token-gate.ts";
import { Turns } from "./turns.ts";

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
	connections: number;
	/** Messages a second; null: as many as go. */
	perSecond: number | null;
	health: Health;
	turns: Turns;
	/** Counts what it sends against its limits; undefined: it has none. */
	gate: TokenGate | undefined;
	/** Another has taken its place: its calls under way end, and nobody else is called on it. */
	isRetired: boolean;
}

const lines = new Map<number, { setup: ProviderSetup; line: ProviderLine }>();

/** The line to a provider, by its id, whatever its state: questions about old messages are asked of disabled ones too. */
export function providerLine(providerId: number): ProviderLine {
	const setup = providerSetup(providerId);
	if (!setup) throw new Error(`there is no provider ${providerId}`);
	return lineOf(setup);
}

/** Unix ms until which nobody is called on this line: the provider asked for a pause, or its day is full. 0: now. */
export function lineRestsUntil(line: ProviderLine): number {
	return Math.max(pausedUntil(line.providerId), line.gate?.dayFullUntil ?? 0);
}

/** Whether a call may begin now; a probe also while the breaker is half open. */
export function mayCall(line: ProviderLine, isProbe: boolean): boolean {
	if (line.isRetired) return false;
	const { state } = line.health.breaker;
	if (state !== "closed" && !(isProbe && state === "half_open")) return false;
	return lineRestsUntil(line) <= Date.now();
}

function lineOf(setup: ProviderSetup): ProviderLine {
	const { row, adapter, settings } = setup;
	// Whatever of the row changes makes a new line; calls under way end on the old one.
	const known = lines.get(row.id);
	if (known?.setup === setup) return known.line;
	if (known) void closeLine(known.line);
	const largest = Math.min(row.bulk_size, limitsOn(adapter, row.channel).bulkSize);
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
		// A call that is larger than what may go in a second or a day would never go.
		bulkSize: Math.min(largest, ...limitsOf(row)),
		connections: row.connections,
		perSecond: row.per_second,
		health: healthOf(row.id),
		...turnsOf(row),
		isRetired: false,
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

function limitsOf(row: ProviderRow): number[] {
	return [row.per_second, row.per_sender_per_second, row.per_day].filter((limit) => limit !== null);
}

function turnsOf(row: ProviderRow): Pick<ProviderLine, "turns" | "gate"> {
	if (limitsOf(row).length === 0) return { turns: new Turns(row.connections), gate: undefined };
	const gate: TokenGate = new TokenGate(
		row.id,
		{ perSecond: row.per_second, perSenderPerSecond: row.per_sender_per_second, perDay: row.per_day },
		() => turns.wake(),
	);
	const turns: Turns = new Turns(row.connections, (sender, count) => {
		const waitMs = gate.ask(sender, count);
		// Nobody waits for tomorrow in here: the call finds the day full, and its people go back to the queue.
		return gate.dayFullUntil > Date.now() ? 0 : waitMs;
	});
	return { turns, gate };
}

async function closeLine(line: ProviderLine): Promise<void> {
	const { transport, askTransport, gate } = line;
	line.isRetired = true;
	await Promise.all([transport.close(), askTransport.close()]);
	await gate
		?.close()
		.catch((error) => log.warn({ error: String(error) }, "what is left of a day's leave could not be given back"));
}

/** Waits for the calls under way, closes the connections and forgets how the providers stand. */
export async function closeLines(): Promise<void> {
	const all = [...lines.values()];
	lines.clear();
	await Promise.all(all.map(({ line }) => closeLine(line)));
	forgetHealth();
}

import { type ChannelAdapter, type ChannelName, limitsOn, type Session } from "#app/channels/channel.ts";
import { openTransport } from "#app/channels/open-transport.server.ts";
import { createTransport, type PooledTransport } from "#app/channels/transport.server.ts";
import { env } from "#app/lib/env.ts";
import { log } from "#app/lib/log.ts";
import type { Health } from "#app/modules/failover/health.ts";
import type { ProviderRow, ProviderSetup } from "#app/modules/providers/set-up-provider.server.ts";
import { storeReceipt } from "#jobs/wire/store-receipt.ts";
import { healthOf, pausedUntil } from "./standing.server.ts";
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
	/** Calls at once that it takes of all processes together. */
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

/** How this process calls on a line. */
export interface LineHow {
	callbackUrl: string;
	/** Calls that it makes at once: all of the provider's connections, or its share of them. */
	places: number;
	/** Asked right before a call's first byte is written; a call that may not begin was surely not made. */
	mayBegin?: () => boolean;
}

/** A line to a provider. Knows no books: where the setup came from is the caller's business. */
export function openLine({ row, adapter, settings }: ProviderSetup, how: LineHow): ProviderLine {
	const largest = Math.min(row.bulk_size, limitsOn(adapter, row.channel).bulkSize);
	return {
		providerId: row.id,
		adapter,
		channel: row.channel,
		settings,
		transport: openTransport(adapter, settings, {
			...callHow(row.connections),
			...(how.mayBegin && { mayBegin: how.mayBegin }),
			onReceipt: (body) => storeReceipt({ providerId: row.id, path: "", body }),
		}),
		askTransport: createTransport(callHow(Math.ceil(row.connections / ASK_SHARE))),
		callbackUrl: how.callbackUrl,
		// A call that is larger than what may go in a second or a day would never go.
		bulkSize: Math.min(largest, ...limitsOf(row)),
		connections: row.connections,
		perSecond: row.per_second,
		health: healthOf(row.id),
		...turnsOf(row, how.places),
		isRetired: false,
	};
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

/** Nobody else is called on it; resolves when the calls under way have ended and its connections are closed. */
export async function closeLine(line: ProviderLine): Promise<void> {
	const { transport, askTransport, gate } = line;
	line.isRetired = true;
	await Promise.all([transport.close(), askTransport.close()]);
	await gate
		?.close()
		.catch((error) => log.warn({ error: String(error) }, "what is left of a day's leave could not be given back"));
}

function callHow(connections: number) {
	return { connections, timeoutMs: env().CALL_TIMEOUT_MS, network: env().PROVIDER_NETWORK };
}

function limitsOf(row: ProviderRow): number[] {
	return [row.per_second, row.per_sender_per_second, row.per_day].filter((limit) => limit !== null);
}

function turnsOf(row: ProviderRow, places: number): Pick<ProviderLine, "turns" | "gate"> {
	if (limitsOf(row).length === 0) return { turns: new Turns(places), gate: undefined };
	const gate: TokenGate = new TokenGate(
		row.id,
		{ perSecond: row.per_second, perSenderPerSecond: row.per_sender_per_second, perDay: row.per_day },
		() => turns.wake(),
	);
	const turns: Turns = new Turns(places, (sender, count) => {
		const waitMs = gate.ask(sender, count);
		// Nobody waits for tomorrow in here: the call finds the day full, and its people go back to the queue.
		return gate.dayFullUntil > Date.now() ? 0 : waitMs;
	});
	return { turns, gate };
}

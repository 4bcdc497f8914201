import { CAUSES } from "#app/channels/causes.ts";
import type { Counted } from "#jobs/wire/read-hours.ts";
import { medianMs } from "#jobs/wire/wait-bucket.ts";

/** RESULT of app/modules/messages/settle-batch, which pages do not import: it writes. */
const TAKEN = new Set([1, 2]);
const UNKNOWN = 5;
/** Never called, or surely never reached: no work of the provider's. */
const NOT_TAKEN = 4;
const DELIVERED = new Set([50, 60]);
const READ = 60;
const FAILED = 41;

/** What a provider did, summed up. */
export interface Tally {
	/** Messages that it was asked to carry. */
	tried: number;
	/** … and took, or may have taken: the whole that is delivered or not. */
	taken: number;
	delivered: number;
	read: number;
	/** Taken, and told later that they came to nothing. */
	failed: number;
	/** Of the delivered, from the hand-over to the word of it; null: none was. */
	medianMs: number | null;
	/** Number of CAUSES → messages, of refusals, unknown calls and failures. */
	causes: Map<number, number>;
}

export function tally(rows: readonly Counted[]): Tally {
	const sum: Tally = { tried: 0, taken: 0, delivered: 0, read: 0, failed: 0, medianMs: null, causes: new Map() };
	const waits = new Map<number, number>();
	const add = (map: Map<number, number>, key: number, count: number) => map.set(key, (map.get(key) ?? 0) + count);
	for (const { fact, key, count } of rows) {
		if (fact === "cause") add(sum.causes, key, count);
		else if (fact === "wait") add(waits, key, count);
		else if (fact === "result") {
			if (key !== NOT_TAKEN) sum.tried += count;
			if (TAKEN.has(key) || key === UNKNOWN) sum.taken += count;
		} else {
			if (DELIVERED.has(key)) sum.delivered += count;
			if (key === READ) sum.read += count;
			if (key === FAILED) sum.failed += count;
		}
	}
	sum.medianMs = medianMs(waits);
	return sum;
}

/** Causes that speak of the person or the content, whoever carries it, and of time: no provider is to blame for them. */
const NOT_TO_BLAME = new Set<number>([CAUSES.no_route, CAUSES.duplicate]);
const FIRST_OF_WAY = CAUSES.no_route;
const LAST_OF_CALL = 69;

/** The part of the messages that a provider was asked to carry and failed for reasons of its own; 0 … 1. */
export function faultShare({ tried, causes }: Tally): number {
	if (tried === 0) return 0;
	let faults = 0;
	for (const [cause, count] of causes)
		if (cause >= FIRST_OF_WAY && cause <= LAST_OF_CALL && !NOT_TO_BLAME.has(cause)) faults += count;
	return Math.min(1, faults / tried);
}

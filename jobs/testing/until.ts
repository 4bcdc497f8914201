import { setTimeout as pause } from "node:timers/promises";

/** A net for what hangs, not a measure: on a busy machine the same work takes ten times as long. */
export const HANGS_AFTER_MS = 900_000;

/** Polls until `test` gives something truthy. @throws after `withinMs`, saying what was waited for and what was seen last. */
export async function until<T>(what: string, withinMs: number, test: () => T | Promise<T>): Promise<NonNullable<T>> {
	const giveUpAt = Date.now() + withinMs;
	for (;;) {
		const seen = await test();
		if (seen) return seen;
		if (Date.now() > giveUpAt) throw new Error(`waited ${withinMs} ms in vain: ${what}`);
		await pause(25);
	}
}

import { setTimeout as pause } from "node:timers/promises";
import { type Position, position } from "./position.ts";

const LOOK_MS = 5;

/** Resolves with true once this node's books are at or beyond `wanted`, by the number alone, with false after `withinMs`. */
export async function waitForPosition(wanted: Pick<Position, "txid">, withinMs: number): Promise<boolean> {
	const giveUpAt = Date.now() + withinMs;
	for (;;) {
		const now = position();
		if (now && now.txid >= wanted.txid) return true;
		if (Date.now() >= giveUpAt) return false;
		await pause(LOOK_MS);
	}
}

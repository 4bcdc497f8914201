import type { ServerResponse } from "node:http";

const LOOK_MS = 5;
/** Whoever shut it may be dead: it opens by itself. */
const SHUT_AT_MOST_MS = 10_000;

const underWay = new Set<ServerResponse>();
let shutUntil = 0;

/** While it is shut no write begins: they wait, as they do while nobody leads. */
export function isGateShut(): boolean {
	return performance.now() < shutUntil;
}

/** A write that begins to be served. */
export function countWrite(res: ServerResponse): void {
	underWay.add(res);
	res.once("close", () => underWay.delete(res));
}

/**
 * Lets no write begin from now on; resolves when those under way have ended, or after `withinMs`: one that is still being uploaded then finds the
 * books locked, and waits for them.
 */
export async function shutGate(forMs: number, withinMs: number): Promise<void> {
	shutUntil = performance.now() + Math.min(forMs, SHUT_AT_MOST_MS);
	const giveUpAt = performance.now() + withinMs;
	while (underWay.size > 0 && performance.now() < giveUpAt)
		await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
}

export function openGate(): void {
	shutUntil = 0;
}

import type { KeptChild } from "./keep-running.ts";

const LEAVE_WITHIN_MS = 1_000;

/**
 * Ends all children of a node that has lost its LiteFS, at once and within a second. Nothing that is under way there comes to an end any more, and
 * one that sleeps over a lock of the books hears nobody (docs/decisions/090); what waits is whoever has a form there, and the node's next start.
 */
export async function leaveNow(children: Pick<KeptChild, "stop" | "kill">[]): Promise<void> {
	const late = setTimeout(() => {
		for (const child of children) child.kill();
	}, LEAVE_WITHIN_MS);
	await Promise.all(children.map((child) => child.stop()));
	clearTimeout(late);
}

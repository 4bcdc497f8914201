import { setTimeout as pause } from "node:timers/promises";
import { env } from "#app/lib/env.ts";
import { currentEpoch } from "#jobs/wire/epochs/current-epoch.ts";
import type { Epoch } from "#jobs/wire/epochs/epoch.ts";
import { askForHandoff, readHandoff, withdrawHandoff } from "#jobs/wire/handoffs.ts";
import { closeWire, wirePool } from "#jobs/wire/pool.ts";
import { PlainError } from "../supervisor/plain-error.ts";

/** Whoever leads looks each second. */
const HEARD_WITHIN_MS = 15_000;
/** What is in hand ends first: a provider is given half a minute for its answer. */
const DONE_WITHIN_MS = 60_000;
const LOOK_MS = 100;

/**
 * Has the node that leads give the books to another; resolves when that one writes them.
 *
 * @param to its name; null: any that may lead.
 * @returns what to tell, in one line.
 * @throws PlainError where they stayed, or nobody knows.
 */
export async function handOff(to: string | null): Promise<string> {
	if (!env().JOBS_DATABASE_URL) throw new PlainError("JOBS_DATABASE_URL must name the cluster's Postgres");
	try {
		const before = await currentEpoch();
		if (!before?.isReady || before.isOver) throw new PlainError("No node leads: there is nothing to hand over");
		if (before.node === to) return `${to} leads already`;
		const after = await untilServed(before, await askForHandoff(to));
		return `${after.node} leads; nothing was written for ${await gapMs(after)} ms`;
	} finally {
		await closeWire();
	}
}

/** The next epoch under which all of a node may write. */
async function untilServed(before: Epoch, id: number): Promise<Epoch> {
	const askedAt = performance.now();
	for (;;) {
		const { isBegun, failedFor } = await readHandoff(id);
		const now = await currentEpoch();
		// It may have been the answer alone that was lost.
		if (isBegun && now && now.node !== before.node && now.isReady && !now.isOver) return now;
		if (failedFor !== null) throw new PlainError(`The books stayed where they were: ${failedFor}`);
		const waitedMs = performance.now() - askedAt;
		if (!isBegun && waitedMs > HEARD_WITHIN_MS && (await withdrawHandoff(id)))
			throw new PlainError("The node that leads does not hear: nothing was handed over");
		if (waitedMs > DONE_WITHIN_MS)
			throw new PlainError("It was begun, and nobody knows how it ended: /readyz of each node says which one leads");
		await pause(LOOK_MS);
	}
}

/** From the end of the epoch before, which came right after the last write, until all of the new node may write. */
async function gapMs({ n }: Epoch): Promise<number> {
	const { rows } = await wirePool().query<{ ms: number }>(
		`SELECT (extract(epoch FROM e.ready_at - (SELECT max(ended_at) FROM wire.epochs b WHERE b.n < e.n)) * 1000)::int AS ms
		   FROM wire.epochs e WHERE e.n = $1`,
		[n],
	);
	return rows[0]!.ms;
}

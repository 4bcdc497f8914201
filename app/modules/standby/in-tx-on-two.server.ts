import { env } from "#app/lib/env.ts";
import { type Position, position } from "#db/cluster/position.ts";
import { inTx, inTxUntold, OutcomeUnknownError, type Tx } from "#db/tx.ts";
import { waitForStandbys } from "./wait-for-standbys.server.ts";

const WITHIN_MS = 2_000;

export interface Kept {
	/** Each node that could lead after this one's death has it. Always false where there is one node. */
	isOnTwo: boolean;
}

type NotAsync<T> = T extends PromiseLike<unknown> ? never : T;

/**
 * inTx for what somebody is told to be done, such as money (architecture, rule 6): resolves when the books' other nodes that may lead have
 * it as well, or have not said so within 2 s. What `fn` returns must be safe to ask for again.
 *
 * @throws OutcomeUnknownError where the commit said "done" and the books' position says otherwise; as inTx
 */
export async function inTxOnTwo<T extends object>(fn: (tx: Tx) => NotAsync<T>): Promise<T & Kept> {
	if (!env().LITEFS_DIR) return { ...((await inTx(fn)) as T), isOnTwo: false };
	const at: { before: Position | null; hasWritten: boolean } = { before: null, hasWritten: false };
	const { result, told } = await inTxUntold((tx) => {
		// Under the write lock: nobody else moves it until this is committed.
		at.before = position();
		const changes = () => tx.sql("SELECT total_changes()").pluck().get() as number;
		const changesBefore = changes();
		const returned = fn(tx);
		at.hasWritten = changes() !== changesBefore;
		return returned;
	});
	// Heard of below, or left to itself where this throws first.
	told?.catch(() => {});
	const after = position();
	const hasMoved = at.before !== null && after !== null && after.txid > at.before.txid;
	if (at.hasWritten && !hasMoved)
		throw new OutcomeUnknownError("the commit succeeded, and the books are where they were");
	// One that found its first time done may stand on a commit that nobody has confirmed.
	const [isOnTwo] = await Promise.all([after !== null && waitForStandbys(after, WITHIN_MS), told]);
	return { ...(result as T), isOnTwo };
}

import { inTx, readBooks, type Tx } from "#db/tx.ts";
import type { FoundLosses } from "./gather-losses.server.ts";
import { lastPriceId } from "./last-price-id.server.ts";
import { LossesError, StalePricesError } from "./pricing.errors.ts";

/** What was looked at was changed while it was looked who would lose: looked so often again. */
const TRIES = 5;

/** Something that may make somebody sell below cost. */
export interface Guarded<Looked> {
	/** What it is about, and whether it may be done at all: throws to refuse. Asked again at the commit: as JSON it must be the same then. */
	look: (tx: Tx) => Looked;
	find: (looked: Looked) => Promise<FoundLosses>;
	/** `hash` of losses that are meant; undefined: none are. */
	meant: string | undefined;
	commit: (tx: Tx, looked: Looked, found: FoundLosses) => void;
}

/**
 * Looks who would lose by something, outside of any transaction, then does it in one, if nothing that was looked at has changed meanwhile;
 * else looks again.
 *
 * @throws LossesError where somebody would lose and that was not meant, or other losses were; StalePricesError where prices change too fast;
 * whatever `look` throws
 */
export async function guardLosses<Looked>({ look, find, meant, commit }: Guarded<Looked>): Promise<void> {
	for (let tries = 0; tries < TRIES; tries++) {
		const before = readBooks((tx) => ({ looked: look(tx), mark: markOf(tx) }));
		const found = await find(before.looked);
		const isDone = await inTx((tx) => {
			const looked = look(tx);
			if (markOf(tx) !== before.mark || JSON.stringify(looked) !== JSON.stringify(before.looked)) return false;
			if (found.losses.length > 0 && meant !== found.hash) throw new LossesError(found);
			commit(tx, looked, found);
			return true;
		});
		if (isDone) return;
	}
	throw new StalePricesError();
}

/** Another after every change of any price, and of what providers take. */
function markOf(tx: Tx): string {
	const costs = tx
		.sql(
			`SELECT group_concat(id || ' ' || version || ' ' || state) FROM providers
			  WHERE account_id = (SELECT id FROM accounts WHERE parent_id IS NULL)`,
		)
		.pluck()
		.get();
	return `${lastPriceId(tx)} ${costs}`;
}

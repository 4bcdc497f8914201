import { setTimeout as pause } from "node:timers/promises";
import { putLowBalance } from "#app/modules/notices/put-low-balance.server.ts";
import { inTx, type Tx } from "#db/tx.ts";

const BOOKS_AT_ONCE = 50;
const PAUSE_MS = 2;

/**
 * Tells of balances that have fallen below what their people have set, once for each fall: told and noted in one transaction, and told
 * again only after it had risen. Reads the few books that have crossed their threshold, by an index that has nobody else's.
 */
export async function tellLowBalances(signal?: AbortSignal): Promise<void> {
	while (!signal?.aborted) {
		const looked = await inTx(tellSome);
		if (looked < BOOKS_AT_ONCE) return;
		await pause(PAUSE_MS);
	}
}

interface Book {
	id: number;
	accountId: number;
	spendableMicros: number;
	lowMicros: number;
}

function tellSome(tx: Tx): number {
	tx.sql(
		`UPDATE ledger_books INDEXED BY ledger_books_risen SET is_low = 0
		  WHERE is_low = 1 AND low_micros <= balance_micros + credit_micros`,
	).run();
	const fallen = tx
		.sql<Book>(
			`SELECT id, account_id AS accountId, balance_micros + credit_micros AS spendableMicros, low_micros AS lowMicros
			   FROM ledger_books INDEXED BY ledger_books_fallen
			  WHERE is_low = 0 AND low_micros > balance_micros + credit_micros LIMIT ${BOOKS_AT_ONCE}`,
		)
		.all();
	for (const { id, accountId, spendableMicros, lowMicros } of fallen) {
		tx.sql("UPDATE ledger_books SET is_low = 1 WHERE id = ? AND account_id = ?").run(id, accountId);
		putLowBalance(tx, accountId, { spendableMicros, lowMicros });
	}
	return fallen.length;
}

import { log } from "#app/lib/log.ts";
import { putLedgerDiffers } from "#app/modules/notices/put-ledger-differs.server.ts";
import { inTx } from "#db/tx.ts";
import { ProofStoppedError, prove } from "./prove.server.ts";

const RUNS_KEPT = 400;

/**
 * Proves the ledger and keeps what it came to; tells the platform's owners where it fails. Broken off, it leaves nothing behind: the next one
 * begins anew.
 */
export async function runProof(signal?: AbortSignal): Promise<void> {
	const startedAtUtc = Date.now();
	try {
		const { found, ...counts } = await prove(signal);
		log[counts.differences > 0 ? "error" : "info"](counts, "the ledger is proved");
		await inTx((tx) => {
			const { lastInsertRowid } = tx
				.sql(
					`INSERT INTO ledger_proofs (started_at_utc, finished_at_utc, transfers, books, differences, found)
					 VALUES (@startedAtUtc, @now, @transfers, @books, @differences, @found)`,
				)
				.run({ ...counts, startedAtUtc, now: Date.now(), found: JSON.stringify(found) });
			tx.sql("DELETE FROM ledger_proofs WHERE id <= ?").run(Number(lastInsertRowid) - RUNS_KEPT);
			if (counts.differences > 0) putLedgerDiffers(tx, { differences: counts.differences });
		});
	} catch (error) {
		if (!(error instanceof ProofStoppedError)) throw error;
	}
}

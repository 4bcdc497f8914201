import { wirePool } from "../pool.ts";

/** What a node found when it took the books over. */
export interface TakeOverReport {
	/** Batches in the wire since the mark that the books bore. */
	batches: number;
	/** Messages that were queued in the books and had been handed over, or may have been. */
	retaken: number;
	/** Recipients of batches whom the books do not know. */
	missing: number;
	/** Claims that somebody had left. */
	claims: number;
	/** Batches that wait for their campaign's people to come back. */
	strays: number;
	/** Things said about messages that were brought in once more; null: not yet. */
	said: number | null;
	/** Entries of people's writes that no books have, found by this taking over: they stand in wire.lost_writes. */
	lostWrites: number;
	/** Transactions that the books lack, at least; null: unknown. */
	lostTransactions: number | null;
	/** From when the node led until the others of its processes may write. */
	servedMs: number;
	/** Of each step, by its name, in their order. */
	stepsMs: Record<string, number>;
	/** Until all of it was done; null: not yet. */
	tookMs: number | null;
}

export async function noteReport(n: number, report: TakeOverReport): Promise<void> {
	await wirePool().query("UPDATE wire.epochs SET report = $2 WHERE n = $1", [n, report]);
}

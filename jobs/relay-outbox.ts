import { inTx, readBooks } from "#db/tx.ts";
import type { JobName } from "./catalog.ts";
import { enqueue } from "./enqueue.ts";

const ROWS_AT_ONCE = 200;

interface Row {
	id: number;
	task: JobName;
	payload: string;
	runAtUtc: number | null;
}

/**
 * Turns the outbox's rows into jobs, oldest first, then deletes them. Dying between the two adds a job again under the same
 * key, and jobs are safe to run twice.
 *
 * @returns rows relayed.
 */
export async function relayOutbox(): Promise<number> {
	const rows = readBooks((tx) =>
		tx.sql<Row>("SELECT id, task, payload, run_at_utc AS runAtUtc FROM outbox ORDER BY id LIMIT ?").all(ROWS_AT_ONCE),
	);
	if (rows.length === 0) return 0;
	await enqueue(
		rows.map((row) => ({
			task: row.task,
			payload: JSON.parse(row.payload),
			key: `outbox:${row.id}`,
			runAtUtc: row.runAtUtc ?? undefined,
			ifWaiting: "replace",
		})),
	);
	await inTx((tx) => {
		for (const row of rows) tx.sql("DELETE FROM outbox WHERE id = ?").run(row.id);
	});
	return rows.length;
}

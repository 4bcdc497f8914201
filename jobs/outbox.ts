import type { Tx } from "#db/tx.ts";
import { catalog, type JobName, type JobPayload } from "./catalog.ts";

/**
 * Notes, in the caller's transaction, that a job must run once it is committed. The sidecar's relay turns the row into a job
 * whose key comes from the row's id, so that a relay that dies half way adds nothing twice.
 *
 * @param runAtUtc Unix ms; at once without it.
 */
export function putOutbox<N extends JobName>(
	tx: Tx,
	row: { accountId: number; task: N; payload: JobPayload<N>; runAtUtc?: number },
): void {
	catalog[row.task].parse(row.payload);
	tx.sql("INSERT INTO outbox (account_id, task, payload, run_at_utc, created_at_utc) VALUES (?, ?, ?, ?, ?)").run(
		row.accountId,
		row.task,
		JSON.stringify(row.payload),
		row.runAtUtc ?? null,
		Date.now(),
	);
}

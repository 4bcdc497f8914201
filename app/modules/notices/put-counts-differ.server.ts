import type { Tx } from "#db/tx.ts";
import { putNoticeToOwners } from "./put-notice.server.ts";

/** Tells the platform's owners that a recount has found counters that are wrong. */
export function putCountsDiffer(tx: Tx, detail: { recountId: number; differences: number }): void {
	const root = tx.sql<{ id: number }>("SELECT id FROM accounts WHERE kind = 'admin' ORDER BY id LIMIT 1").get();
	if (root) putNoticeToOwners(tx, root.id, "counts.differ", detail);
}

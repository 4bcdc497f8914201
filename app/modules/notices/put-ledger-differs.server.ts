import type { Tx } from "#db/tx.ts";
import { putNoticeToOwners } from "./put-notice.server.ts";

/** Tells the platform's owners that the ledger could not be proved. */
export function putLedgerDiffers(tx: Tx, detail: { differences: number }): void {
	const root = tx.sql<{ id: number }>("SELECT id FROM accounts WHERE kind = 'admin' ORDER BY id LIMIT 1").get();
	if (root) putNoticeToOwners(tx, root.id, "ledger.differs", detail);
}

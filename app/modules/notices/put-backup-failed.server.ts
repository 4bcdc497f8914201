import type { Tx } from "#db/tx.ts";
import type { NoticeDetails } from "./notice.ts";
import { putNoticeToOwners } from "./put-notice.server.ts";

/** Tells the platform's owners that the regular backup could not be made. */
export function putBackupFailed(tx: Tx, detail: NoticeDetails["backup.failed"]): void {
	const root = tx.sql<{ id: number }>("SELECT id FROM accounts WHERE kind = 'admin' ORDER BY id LIMIT 1").get();
	if (root) putNoticeToOwners(tx, root.id, "backup.failed", detail);
}

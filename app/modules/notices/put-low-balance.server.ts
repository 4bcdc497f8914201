import { currency } from "#app/modules/platform/currency.server.ts";
import type { Tx } from "#db/tx.ts";
import { putNoticeToOwners } from "./put-notice.server.ts";

/** Tells an account's owners, and those of its dealer, that little is left to be spent. */
export function putLowBalance(tx: Tx, accountId: number, of: { spendableMicros: number; lowMicros: number }): void {
	const { name, parentId, state } = tx
		.sql<{ name: string; parentId: number | null; state: string }>(
			"SELECT name, parent_id AS parentId, state FROM accounts WHERE id = ?",
		)
		.get(accountId)!;
	if (state === "closed") return;
	const detail = { ...of, currency: currency(tx) };
	putNoticeToOwners(tx, accountId, "balance.low", detail);
	if (parentId !== null) putNoticeToOwners(tx, parentId, "balance.low-below", { ...detail, accountId, name });
}

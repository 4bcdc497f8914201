import type { Tx } from "#db/tx.ts";
import { putNoticeToOwners } from "./put-notice.server.ts";

/** A client that tries again and again does not fill its dealer's notices. */
const QUIET_MS = 3_600_000;

/** Tells a dealer's owners that an account below could not send, because the dealer's balance does not cover what it loses with it. */
export function putCoverMissing(tx: Tx, dealerId: number, belowId: number): void {
	const below = tx.sql<{ name: string }>("SELECT name FROM accounts WHERE id = ?").get(belowId);
	if (!below) return;
	const detail = { accountId: belowId, name: below.name };
	const told = tx
		.sql("SELECT 1 FROM notices WHERE account_id = ? AND kind = 'cover.missing' AND detail = ? AND at_utc > ?")
		.get(dealerId, JSON.stringify(detail), Date.now() - QUIET_MS);
	if (!told) putNoticeToOwners(tx, dealerId, "cover.missing", detail);
}

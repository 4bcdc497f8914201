import type { Tx } from "#db/tx.ts";
import { branchStanding } from "./branch-standing.server.ts";

/** Whether nothing stops an account, neither itself nor anything above it. Asked before every deed of a job: no person's session did. */
export function isAccountActive(tx: Tx, accountId: number): boolean {
	const row = tx.sql<{ path: string }>("SELECT path FROM accounts WHERE id = ?").get(accountId);
	return row !== undefined && branchStanding(tx, row.path).isActive;
}

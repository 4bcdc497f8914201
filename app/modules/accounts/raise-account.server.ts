import type { Actor } from "#app/modules/access/actor.ts";
import { branchStanding } from "#app/modules/access/branch-standing.server.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import { AccountKindError, AccountStateError } from "./account.errors.ts";
import { requireAccountBelow } from "./require-account.server.ts";

/**
 * Makes a client a dealer; it stays where it is. Nobody's session ends: the next page is one of the dealer's cabinet.
 *
 * @throws Response 403; AccountNotFoundError, StaleAccountError, AccountKindError, AccountStateError (also for what is blocked above)
 */
export async function raiseAccount(actor: Actor, accountId: number, version: number): Promise<void> {
	requireRight(actor, "accounts.update");
	await inTx((tx) => {
		const { path, kind } = requireAccountBelow(tx, actor, accountId, version);
		const { isActive, block } = branchStanding(tx, path);
		if (!isActive) throw new AccountStateError(block ? "blocked" : "closed");
		if (kind !== "client") throw new AccountKindError(kind);
		tx.sql("UPDATE accounts SET kind = 'dealer', version = version + 1 WHERE id = ? AND path = ?").run(accountId, path);
		writeAudit(tx, actor, "account.raise", `account:${accountId}`, { from: "client", to: "dealer" }, path);
	});
}

import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { branchRange } from "#app/modules/access/scope.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx, type Tx } from "#db/tx.ts";
import { AccountKindError, AccountStateError, HasBranchError } from "./account.errors.ts";
import { requireAccountBelow } from "./require-account.server.ts";

/**
 * Makes a dealer a client again, where nothing but closed accounts stands below it: those are history, which stays readable to
 * everybody above. Blocked or not: it only takes away.
 *
 * @throws Response 403; AccountNotFoundError, StaleAccountError, AccountKindError, AccountStateError, HasBranchError
 */
export async function lowerAccount(actor: Actor, accountId: number, version: number): Promise<void> {
	requireRight(actor, "accounts.update");
	await inTx((tx) => {
		const { path, kind, state } = requireAccountBelow(tx, actor, accountId, version);
		if (state === "closed") throw new AccountStateError("closed");
		if (kind !== "dealer") throw new AccountKindError(kind);
		if (hasOpenBranch(tx, path)) throw new HasBranchError();
		tx.sql("UPDATE accounts SET kind = 'client', version = version + 1 WHERE id = ? AND path = ?").run(accountId, path);
		writeAudit(tx, actor, "account.lower", `account:${accountId}`, { from: "dealer", to: "client" }, path);
	});
}

/** Whether any account below this one is not closed. */
export function hasOpenBranch(tx: Tx, path: string): boolean {
	const [from, to] = branchRange(path);
	const open = "SELECT 1 FROM accounts a WHERE a.path > ? AND a.path < ? AND a.state <> 'closed' LIMIT 1";
	return tx.sql(open).get(from, to) !== undefined;
}

import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { AccountStateError } from "#app/modules/accounts/account.errors.ts";
import { requireAccountBelow } from "#app/modules/accounts/require-account.server.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import { BlockFromAboveError } from "./block.errors.ts";
import { findBlock, mayChangeBlock } from "./find-block.server.ts";
import { liftBlock } from "./lift-block.server.ts";

/**
 * Lifts an account's block. What was stopped does not go on by itself: each campaign waits for its owner. An account that is not
 * blocked stays as it is.
 *
 * @param version what the page showed.
 * @throws Response 403; AccountNotFoundError (also for the own account), StaleAccountError, AccountStateError (closed),
 * BlockFromAboveError
 */
export async function unblockAccount(actor: Actor, accountId: number, version: number): Promise<void> {
	requireRight(actor, "accounts.update");
	await inTx((tx) => {
		const account = requireAccountBelow(tx, actor, accountId, version);
		if (account.state === "closed") throw new AccountStateError("closed");
		const now = Date.now();
		const block = findBlock(tx, accountId, now);
		if (!block) return;
		if (!mayChangeBlock(tx, actor, account.path, block)) throw new BlockFromAboveError();
		liftBlock(tx, accountId, now);
		writeAudit(tx, actor, "account.unblock", `account:${accountId}`, undefined, account.path);
	});
}

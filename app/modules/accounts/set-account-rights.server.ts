import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { readRights } from "#app/modules/access/rights.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import { AccountStateError } from "./account.errors.ts";
import { chosenGrants, grantableTo } from "./account-rights.ts";
import { requireAccountBelow } from "./require-account.server.ts";

/**
 * Leaves an account below, and with it its whole branch, with these rights at most. What the actor lacks itself can neither be given nor
 * taken: such a right in `chosen` is passed over.
 *
 * @throws Response 403; AccountNotFoundError, StaleAccountError, AccountStateError where it is closed
 */
export async function setAccountRights(
	actor: Actor,
	accountId: number,
	version: number,
	chosen: readonly string[],
): Promise<void> {
	requireRight(actor, "accounts.update");
	await inTx((tx) => {
		const account = requireAccountBelow(tx, actor, accountId, version);
		if (account.state === "closed") throw new AccountStateError("closed");
		const grants = chosenGrants(account.grants, grantableTo(actor, account.kind), chosen);
		if (grants === account.grants) return;
		tx.sql("UPDATE accounts SET grants = ?, version = version + 1 WHERE id = ? AND path = ?").run(
			grants,
			accountId,
			account.path,
		);
		const [was, now] = [readRights(account.grants), readRights(grants)];
		const given = [...now].filter((right) => !was.has(right));
		const taken = [...was].filter((right) => !now.has(right));
		writeAudit(tx, actor, "account.rights", `account:${accountId}`, { given, taken }, account.path);
	});
}

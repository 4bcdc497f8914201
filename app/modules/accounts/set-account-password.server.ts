import type { Actor } from "#app/modules/access/actor.ts";
import { requireAsMuch } from "#app/modules/access/as-much.server.ts";
import { byLogin, forgetTries } from "#app/modules/access/count-try.server.ts";
import { endSessions } from "#app/modules/access/end-sessions.server.ts";
import { hashPassword } from "#app/modules/access/hash-password.server.ts";
import { requireRight, requireSelf } from "#app/modules/access/require-right.ts";
import { verifyPassword } from "#app/modules/access/verify-password.server.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { putNotice } from "#app/modules/notices/put-notice.server.ts";
import { inTx, readBooks, type Tx } from "#db/tx.ts";
import { AccountNotFoundError, AccountStateError } from "./account.errors.ts";
import { type Owner, ownerOf } from "./owner-of.server.ts";
import { type Account, requireAccountBelow } from "./require-account.server.ts";

/**
 * Whose password is set: the owner of an account below. Nobody who entered a cabinet from outside does it.
 *
 * @throws Response 403, also where the account may do what the actor may not; AccountNotFoundError (also where no owner is left), AccountStateError where it is closed
 */
export function requireOwnerBelow(tx: Tx, actor: Actor, accountId: number): { account: Account; owner: Owner } {
	requireRight(actor, "accounts.update");
	requireSelf(actor);
	const account = requireAccountBelow(tx, actor, accountId);
	requireAsMuch(tx, actor, account.path);
	if (account.state === "closed") throw new AccountStateError("closed");
	const owner = ownerOf(tx, accountId);
	if (!owner) throw new AccountNotFoundError(`account ${accountId} has no owner`);
	return { account, owner };
}

/**
 * Gives the owner of an account below another password: signed out everywhere, told of it by a notice. A password that the owner has
 * already (a form that was sent twice) changes nothing.
 *
 * @throws as requireOwnerBelow
 */
export async function setAccountPassword(actor: Actor, accountId: number, password: string): Promise<void> {
	requireRight(actor, "accounts.update");
	const { owner } = readBooks((tx) => requireOwnerBelow(tx, actor, accountId));
	if (await verifyPassword(password, owner.passwordHash)) return;
	const passwordHash = await hashPassword(password);
	await inTx((tx) => {
		const { account, owner } = requireOwnerBelow(tx, actor, accountId);
		const person = { userId: owner.userId, accountId };
		tx.sql("UPDATE users SET password_hash = ?, version = version + 1 WHERE id = ? AND account_id = ?").run(
			passwordHash,
			owner.userId,
			accountId,
		);
		tx.sql("UPDATE accounts SET version = version + 1 WHERE id = ? AND path = ?").run(accountId, account.path);
		endSessions(tx, person);
		forgetTries(tx, byLogin(owner.login));
		putNotice(tx, person, "password.changed", { by: "above" });
		writeAudit(tx, actor, "account.password", `account:${accountId}`, { login: owner.login }, account.path);
	});
}

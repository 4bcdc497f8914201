import type { Actor } from "#app/modules/access/actor.ts";
import { requireAsMuch } from "#app/modules/access/as-much.server.ts";
import { givePassword } from "#app/modules/access/give-password.server.ts";
import { hashNewPassword } from "#app/modules/access/hash-new-password.server.ts";
import { requireRight, requireSelf } from "#app/modules/access/require-right.ts";
import { verifyPassword } from "#app/modules/access/verify-password.server.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
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
 * @throws as requireOwnerBelow; PasswordFlawError
 */
export async function setAccountPassword(actor: Actor, accountId: number, password: string): Promise<void> {
	requireRight(actor, "accounts.update");
	const { account, owner } = readBooks((tx) => requireOwnerBelow(tx, actor, accountId));
	if (await verifyPassword(password, owner.passwordHash)) return;
	const { login, name } = owner;
	const passwordHash = await hashNewPassword(password, { login, name, accountName: account.name });
	await inTx((tx) => {
		const { account, owner } = requireOwnerBelow(tx, actor, accountId);
		givePassword(tx, { ...owner, accountId }, passwordHash, "above");
		tx.sql("UPDATE accounts SET version = version + 1 WHERE id = ? AND path = ?").run(accountId, account.path);
		writeAudit(tx, actor, "account.password", `account:${accountId}`, { login: owner.login }, account.path);
	});
}

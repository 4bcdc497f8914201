import { sortKey } from "#app/lib/sort-key.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { normaliseLogin } from "#app/modules/access/sign-in.schema.ts";
import { AccountStateError } from "#app/modules/accounts/account.errors.ts";
import { requireAccountBelow } from "#app/modules/accounts/require-account.server.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import { putOutbox } from "#jobs/outbox.ts";
import { ClosingObstructedError, OtherLoginError } from "./closing.errors.ts";
import { closingObstacles } from "./closing-obstacles.server.ts";
import { wipePeople } from "./wipe-people.server.ts";

/**
 * Closes an account below the actor's for good. Its people, contacts, note and sender names go at once; its lists, drafts and
 * campaigns that have not begun by a job (wipe-account). What the ledger and the history rest on stays: the account's place in the
 * tree, its campaigns with their messages and figures, the audit.
 *
 * @param seen the version that the page showed, and the login of the account's owner as it was typed to confirm.
 * @throws Response 403; AccountNotFoundError (also for the own account: so the root is never closed), StaleAccountError,
 * AccountStateError (closed already), OtherLoginError, ClosingObstructedError
 */
export async function closeAccount(
	actor: Actor,
	accountId: number,
	seen: { version: number; login: string },
): Promise<void> {
	requireRight(actor, "accounts.delete");
	await inTx((tx) => {
		const account = requireAccountBelow(tx, actor, accountId, seen.version);
		if (account.state === "closed") throw new AccountStateError("closed");
		if (normaliseLogin(seen.login) !== account.ownerLogin) throw new OtherLoginError();
		const obstacles = closingObstacles(tx, account);
		if (obstacles.length > 0) throw new ClosingObstructedError(obstacles);
		wipePeople(tx, accountId);
		tx.sql("DELETE FROM account_contacts WHERE account_id = ?").run(accountId);
		tx.sql("DELETE FROM senders WHERE account_id = ?").run(accountId);
		// A name that says nothing and is the same in every language; the state beside it says the rest.
		const name = `#${accountId}`;
		tx.sql(
			`UPDATE accounts SET state = 'closed', closed_at_utc = @now, name = @name, name_key = @nameKey, owner_login = '', city = '',
				city_key = '', note = '', block_reason = NULL, blocked_until_utc = NULL, blocked_by_account_id = NULL, version = version + 1
			WHERE id = @accountId`,
		).run({ now: Date.now(), name, nameKey: sortKey(name), accountId });
		putOutbox(tx, { accountId, task: "wipe-account", payload: { accountId } });
		writeAudit(tx, actor, "account.close", `account:${accountId}`, undefined, account.path);
	});
}

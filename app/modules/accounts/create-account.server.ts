import type { Actor } from "#app/modules/access/actor.ts";
import { hashNewPassword } from "#app/modules/access/hash-new-password.server.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { IN_SCOPE, scopeOf } from "#app/modules/access/scope.ts";
import { verifyPassword } from "#app/modules/access/verify-password.server.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx, readBooks, type Tx } from "#db/tx.ts";
import type { NewAccountInput } from "./account.schema.ts";
import { writeContacts } from "./account-contacts.server.ts";
import { insertAccount } from "./insert-account.server.ts";
import { insertUser, LoginTakenError } from "./insert-user.server.ts";
import { requireParent } from "./require-parent.server.ts";

/** For so long a form that comes again is taken for the same one. */
export const SAME_FORM_MS = 10 * 60_000;

export interface NewAccountWish extends Omit<NewAccountInput, "password"> {
	parentId: number;
	/** Typed or made; only its hash is kept. */
	password: string;
}

/**
 * Makes an account below another, with its owner. A form that is sent twice (same person, login and password, within
 * ten minutes) finds the account that it made and changes nothing.
 *
 * @throws Response 403; AccountNotFoundError (for a parent outside of the scope), UnfitParentError, TooDeepError, PasswordFlawError,
 * LoginTakenError
 */
export async function createAccount(
	actor: Actor,
	wish: NewAccountWish,
): Promise<{ accountId: number; isReplay: boolean }> {
	requireRight(actor, "accounts.create");
	readBooks((tx) => requireParent(tx, actor, wish.parentId));
	const owner = { login: wish.login, name: wish.contacts[0]?.name, accountName: wish.name };
	const passwordHash = await hashNewPassword(wish.password, owner);
	try {
		return { accountId: await inTx((tx) => insert(tx, actor, wish, passwordHash)), isReplay: false };
	} catch (error) {
		if (!(error instanceof LoginTakenError)) throw error;
		const accountId = await madeJustNow(actor, wish);
		if (accountId === undefined) throw error;
		return { accountId, isReplay: true };
	}
}

function insert(tx: Tx, actor: Actor, wish: NewAccountWish, passwordHash: string): number {
	const parent = requireParent(tx, actor, wish.parentId);
	const { kind, name, login, city, note, locale, timeZone, country } = wish;
	const place = { parentId: parent.id, kind, name, ownerLogin: login, city, note, locale, timeZone, country };
	const { id, path } = insertAccount(tx, place);
	insertUser(tx, { accountId: id, login, passwordHash, name: wish.contacts[0]?.name || name, locale });
	writeContacts(tx, id, wish.contacts);
	writeAudit(tx, actor, "account.create", `account:${id}`, { name, kind, login }, path);
	return id;
}

/** The account that this person has made with this login and password a moment ago. */
async function madeJustNow(actor: Actor, wish: NewAccountWish): Promise<number | undefined> {
	const found = readBooks((tx) =>
		tx
			.sql<{ id: number; passwordHash: string }>(
				`SELECT a.id, u.password_hash AS passwordHash
				FROM users u JOIN accounts a ON a.id = u.account_id AND a.owner_login = u.login
				JOIN audit_scopes s ON s.account_id = a.id JOIN audit e ON e.id = s.audit_id
				WHERE u.login = @login AND a.created_at_utc > @since AND ${IN_SCOPE}
					AND e.verb = 'account.create' AND e.subject = 'account:' || a.id AND e.user_id = @userId`,
			)
			.get({ login: wish.login, since: Date.now() - SAME_FORM_MS, scope: scopeOf(actor), userId: actor.userId }),
	);
	return found && (await verifyPassword(wish.password, found.passwordHash)) ? found.id : undefined;
}

import { findPasswordFlaw } from "#app/modules/access/find-password-flaw.server.ts";
import { hashPassword } from "#app/modules/access/hash-password.server.ts";
import { makePassword } from "#app/modules/access/make-password.ts";
import { LOGIN_MAX, normaliseLogin, PASSWORD_MAX } from "#app/modules/access/sign-in.schema.ts";
import { insertAccount } from "#app/modules/accounts/insert-account.server.ts";
import { insertUser, LoginTakenError } from "#app/modules/accounts/insert-user.server.ts";
import { PlainError } from "#bin/supervisor/plain-error.ts";
import { closeBooks } from "#db/client.ts";
import { migrateBooks } from "#db/migrate.ts";
import { demoMark } from "#db/seed/demo-mark.ts";
import { inTx, type Tx } from "#db/tx.ts";

const PASSWORD_MIN = 10;

/**
 * Makes a sign-in for the platform's owner, and the root account with the first. An empty password has one made.
 *
 * @throws PlainError where the login is taken, the password too short, or the books hold the demo.
 */
export async function createAdmin(wanted: {
	login: string;
	password: string;
	timeZone: string;
	country: string;
}): Promise<{ login: string; password: string }> {
	const login = normaliseLogin(wanted.login);
	const password = wanted.password || makePassword();
	refuse(login, password, wanted);
	if (await findPasswordFlaw(password, { login }))
		throw new PlainError(
			"This password is easy to guess, holds the login, or is known from leaks: take another, or none to have one made",
		);
	const passwordHash = await hashPassword(password);
	migrateBooks();
	try {
		await inTx((tx) => {
			if (demoMark(tx))
				throw new PlainError("These books hold the demo, which has its admin: set DATA_DIR to another folder");
			insertUser(tx, { accountId: rootAccount(tx, { ...wanted, login }), login, passwordHash, name: login });
		});
	} catch (error) {
		if (error instanceof LoginTakenError) throw new PlainError(`The login ${login} is taken`);
		throw error;
	} finally {
		closeBooks();
	}
	return { login, password };
}

function refuse(login: string, password: string, wanted: { timeZone: string; country: string }): void {
	if (!login || login.length > LOGIN_MAX || /\s/.test(login))
		throw new PlainError(`A login is 1 to ${LOGIN_MAX} characters without spaces`);
	if (password.length < PASSWORD_MIN || password.length > PASSWORD_MAX)
		throw new PlainError(`A password is ${PASSWORD_MIN} to ${PASSWORD_MAX} characters`);
	if (!/^[A-Z]{2}$/.test(wanted.country))
		throw new PlainError(`${wanted.country} is not a country: two letters, e.g. DE`);
	try {
		new Intl.DateTimeFormat("en", { timeZone: wanted.timeZone });
	} catch {
		throw new PlainError(`${wanted.timeZone} is not a time zone: its IANA name, e.g. Europe/Berlin`);
	}
}

/** There is one root; whoever has lost its password makes another sign-in to it. */
function rootAccount(
	tx: Tx,
	{ login, timeZone, country }: { login: string; timeZone: string; country: string },
): number {
	const root = tx.sql<{ id: number }>("SELECT id FROM accounts WHERE parent_id IS NULL AND kind = 'admin'").get();
	if (root) return root.id;
	return insertAccount(tx, { parentId: undefined, kind: "admin", name: "Admin", ownerLogin: login, timeZone, country })
		.id;
}

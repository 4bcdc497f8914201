import { insertAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx, readBooks, type Tx } from "#db/tx.ts";
import { branchStanding } from "./branch-standing.server.ts";
import { firstPageOf } from "./cabinet.ts";
import { countTry, forgetTries } from "./count-try.server.ts";
import { hashSessionToken, newSessionToken, SESSION_DAYS } from "./session-token.server.ts";
import { AccountBlockedError, WrongCredentialsError } from "./sign-in.errors.ts";
import { signedInWith } from "./signed-in-by.server.ts";
import { verifyPassword } from "./verify-password.server.ts";

export interface SignInTry {
	/** As signInSchema gives it: normalised. */
	login: string;
	password: string;
	/** Of the visitor, by the proxies that may be believed. */
	address: string;
	userAgent: string;
}

interface UserRow {
	userId: number;
	passwordHash: string;
	accountId: number;
	path: string;
}

/**
 * Opens a session for whoever gives the right password. An unknown login takes the same steps as a wrong password.
 *
 * @returns the token for the cookie (the books keep only its hash) and the page that the person begins at.
 * @throws TooManyTriesError, WrongCredentialsError, AccountBlockedError (only after the right password)
 */
export async function signIn(attempt: SignInTry): Promise<{ token: string; firstPage: string }> {
	const tooMany = await inTx((tx) => countTry(tx, attempt.login, attempt.address));
	if (tooMany) throw tooMany;
	const user = readBooks((tx) => findUser(tx, attempt.login));
	const isRight = await verifyPassword(attempt.password, user?.passwordHash);
	if (!isRight || !user) throw new WrongCredentialsError();
	const token = newSessionToken();
	const isActive = await inTx((tx) => {
		forgetTries(tx, attempt.login);
		if (!branchStanding(tx, user.path).isActive) return false;
		openSession(tx, user, token, attempt);
		return true;
	});
	if (!isActive) throw new AccountBlockedError();
	const signedIn = readBooks((tx) => signedInWith(tx, hashSessionToken(token)));
	return { token, firstPage: signedIn ? firstPageOf(signedIn.actor) : "/" };
}

function findUser(tx: Tx, login: string): UserRow | undefined {
	// By login alone: before the sign-in there is no scope.
	return tx
		.sql<UserRow>(
			`SELECT u.id AS userId, u.password_hash AS passwordHash, a.id AS accountId, a.path
			FROM users u JOIN accounts a ON a.id = u.account_id WHERE u.login = ? AND u.state = 'active'`,
		)
		.get(login);
}

function openSession(tx: Tx, user: UserRow, token: string, attempt: SignInTry): void {
	const now = Date.now();
	tx.sql("DELETE FROM sign_in_sessions WHERE user_id = ? AND account_id = ? AND expires_at_utc <= ?").run(
		user.userId,
		user.accountId,
		now,
	);
	tx.sql(
		`INSERT INTO sign_in_sessions (token_hash, account_id, user_id, created_at_utc, seen_at_utc, expires_at_utc, address, user_agent)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
	).run(
		hashSessionToken(token),
		user.accountId,
		user.userId,
		now,
		now,
		now + SESSION_DAYS * 86_400_000,
		attempt.address.slice(0, 64),
		attempt.userAgent.slice(0, 300),
	);
	tx.sql("UPDATE accounts SET last_active_at_utc = ? WHERE id = ?").run(now, user.accountId);
	insertAudit(tx, {
		accountId: user.accountId,
		path: user.path,
		userId: user.userId,
		verb: "sign-in",
		subject: `user:${user.userId}`,
		detail: { address: attempt.address.slice(0, 64) },
	});
}

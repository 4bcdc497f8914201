import { inTx, readBooks, type Tx } from "#db/tx.ts";
import { branchStanding } from "./branch-standing.server.ts";
import { firstPageOf } from "./cabinet.ts";
import { byAddress, byLogin, countTry, forgetTries } from "./count-try.server.ts";
import { openPendingSession, openSession } from "./open-session.server.ts";
import { hashSessionToken, newSessionToken } from "./session-token.server.ts";
import { shownBlock } from "./shown-block.server.ts";
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
	timeZone: string;
	/** 0 or 1. */
	hasSecondFactor: number;
}

export interface OpenedSession {
	/** For the cookie; the books keep only its hash. */
	token: string;
	/** Where the person begins, once the session is whole. */
	firstPage: string;
	/** The person has a second factor: the session opens nothing before it has been shown (second-factor/finish-sign-in). */
	isPending: boolean;
}

/**
 * Opens a session for whoever gives the right password. An unknown login takes the same steps as a wrong password.
 *
 * @throws TooManyTriesError, WrongCredentialsError, AccountBlockedError (only after the right password)
 */
export async function signIn(attempt: SignInTry): Promise<OpenedSession> {
	const tooMany = await inTx((tx) => countTry(tx, [byAddress(attempt.address), byLogin(attempt.login)]));
	if (tooMany) throw tooMany;
	const found = readBooks((tx) => findUser(tx, attempt.login));
	const isRight = await verifyPassword(attempt.password, found?.passwordHash);
	if (!isRight || !found) throw new WrongCredentialsError();
	const token = newSessionToken();
	// Read again: while the password was looked at, it could be changed and a second factor set up.
	let user = found;
	const block = await inTx((tx) => {
		const now = findUser(tx, attempt.login);
		if (now?.passwordHash !== found.passwordHash) throw new WrongCredentialsError();
		user = now;
		forgetTries(tx, byLogin(attempt.login));
		if (!branchStanding(tx, user.path).isActive) return shownBlock(tx, user.path, user.timeZone);
		const session = { ...user, token, address: attempt.address, userAgent: attempt.userAgent };
		if (user.hasSecondFactor) openPendingSession(tx, session);
		else openSession(tx, session);
		return undefined;
	});
	if (block) throw new AccountBlockedError(block);
	const signedIn = readBooks((tx) => signedInWith(tx, hashSessionToken(token)));
	return { token, firstPage: signedIn ? firstPageOf(signedIn.actor) : "/", isPending: user.hasSecondFactor === 1 };
}

function findUser(tx: Tx, login: string): UserRow | undefined {
	// By login alone: before the sign-in there is no scope.
	return tx
		.sql<UserRow>(
			`SELECT u.id AS userId, u.password_hash AS passwordHash, a.id AS accountId, a.path,
				coalesce(u.time_zone, a.time_zone) AS timeZone,
				u.sealed_totp IS NOT NULL AS hasSecondFactor
			FROM users u JOIN accounts a ON a.id = u.account_id WHERE u.login = ? AND u.state = 'active'`,
		)
		.get(login);
}

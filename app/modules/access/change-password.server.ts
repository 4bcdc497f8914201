import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { putNotice } from "#app/modules/notices/put-notice.server.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { byAddress, byLogin, countTry, forgetTries } from "./count-try.server.ts";
import { endSessions } from "./end-sessions.server.ts";
import { hashNewPassword } from "./hash-new-password.server.ts";
import { PasswordFlawError } from "./password.errors.ts";
import { passwordHashOf } from "./password-hash-of.server.ts";
import { requireSelf } from "./require-right.ts";
import { hashSessionToken, newSessionToken } from "./session-token.server.ts";
import { WrongCredentialsError } from "./sign-in.errors.ts";
import type { SignedIn } from "./signed-in-by.server.ts";
import { verifyPassword } from "./verify-password.server.ts";

export interface PasswordChange {
	current: string;
	/** As newPasswordField gives it. */
	password: string;
	/** Of the visitor. */
	address: string;
	/** Name of the brand that the page shows. */
	brand: string;
}

/**
 * Sets the person's own password, for whoever knows the one before; tries count with those of the sign-in. All other sessions end, this one
 * goes on.
 *
 * @returns the token that this session goes on with, for the cookie.
 * @throws Response 403 inside of another's cabinet; TooManyTriesError, WrongCredentialsError, PasswordFlawError
 */
export async function changePassword(signedIn: SignedIn, change: PasswordChange): Promise<string> {
	requireSelf(signedIn.actor);
	const { user, home, tokenHash } = signedIn;
	const tooMany = await inTx((tx) => countTry(tx, [byAddress(change.address), byLogin(user.login)]));
	if (tooMany) throw tooMany;
	const before = readBooks((tx) => passwordHashOf(tx, user));
	if (!(await verifyPassword(change.current, before))) throw new WrongCredentialsError();
	if (await verifyPassword(change.password, before)) throw new PasswordFlawError("settings:password.error.same");
	const { login, name, accountName } = user;
	const passwordHash = await hashNewPassword(change.password, { login, name, accountName, brand: change.brand });
	const token = newSessionToken();
	await inTx((tx) => {
		const { changes } = tx
			.sql("UPDATE users SET password_hash = ? WHERE id = ? AND account_id = ? AND password_hash = ?")
			.run(passwordHash, user.userId, user.accountId, before);
		// Changed elsewhere while this one was looked at: the password that was typed is the current one no more.
		if (changes === 0) throw new WrongCredentialsError();
		forgetTries(tx, byLogin(user.login));
		endSessions(tx, user, { except: tokenHash });
		tx.sql("UPDATE sign_in_sessions SET token_hash = ? WHERE token_hash = ? AND account_id = ?").run(
			hashSessionToken(token),
			tokenHash,
			user.accountId,
		);
		writeAudit(tx, home, "password.change", `user:${user.userId}`);
		putNotice(tx, user, "password.changed", { by: "self" });
	});
	return token;
}

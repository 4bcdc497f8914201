import { putNotice } from "#app/modules/notices/put-notice.server.ts";
import type { Tx } from "#db/tx.ts";
import { byLogin, forgetTries } from "./count-try.server.ts";
import { endSessions } from "./end-sessions.server.ts";

/**
 * Puts a password in the place of somebody else's: signed out everywhere, told of it, and not kept out by the tries with the one that
 * was forgotten.
 *
 * @param by who gave it: somebody of the person's own account, or of one above.
 */
export function givePassword(
	tx: Tx,
	person: { userId: number; accountId: number; login: string },
	passwordHash: string,
	by: "account" | "above",
): void {
	const { userId, accountId, login } = person;
	tx.sql("UPDATE users SET password_hash = ?, version = version + 1 WHERE id = ? AND account_id = ?").run(
		passwordHash,
		userId,
		accountId,
	);
	endSessions(tx, person);
	forgetTries(tx, byLogin(login));
	putNotice(tx, person, "password.changed", { by });
}

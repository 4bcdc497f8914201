import { reservedLogin } from "#app/lib/reserved-login.server.ts";
import { byLogin, forgetTries } from "#app/modules/access/count-try.server.ts";
import { endSessions } from "#app/modules/access/end-sessions.server.ts";
import type { Tx } from "#db/tx.ts";

/**
 * Takes everything personal out of an account's sign-ins, for good. The rows stay, because the audit and the campaigns name them by
 * id; nobody signs in with them, and their logins are given to nobody (lib/reserved-login.server.ts).
 */
export function wipePeople(tx: Tx, accountId: number): void {
	const people = tx
		.sql<{ userId: number; login: string }>("SELECT id AS userId, login FROM users WHERE account_id = ?")
		.all(accountId);
	for (const { userId, login } of people) {
		endSessions(tx, { userId, accountId });
		forgetTries(tx, byLogin(login));
		tx.sql("DELETE FROM avatars WHERE user_id = ? AND account_id = ?").run(userId, accountId);
		tx.sql("DELETE FROM recovery_codes WHERE user_id = ? AND account_id = ?").run(userId, accountId);
		tx.sql("DELETE FROM notices WHERE user_id = ? AND account_id = ?").run(userId, accountId);
		tx.sql(
			`UPDATE users SET login = 'closed:' || id, login_skeleton = ?, password_hash = '', state = 'blocked', name = '#' || id,
				email = '', phone = '', locale = NULL, time_zone = NULL, avatar_key = NULL, muted_notices = '[]', unseen_notices = 0,
				sealed_totp = NULL, totp_step = NULL, version = version + 1
			WHERE id = ? AND account_id = ?`,
		).run(reservedLogin(login), userId, accountId);
	}
	// Whoever is inside from above finds itself outside at once.
	tx.sql(
		"UPDATE impersonations SET ended_at_utc = min(?, ends_at_utc) WHERE account_id = ? AND ended_at_utc IS NULL",
	).run(Date.now(), accountId);
}

import { readCookie } from "#app/lib/cookies.ts";
import { hashSessionToken, SESSION_COOKIE } from "#app/modules/access/session-token.server.ts";
import type { Tx } from "#db/tx.ts";

/** Somebody whose password was right and whose second factor is awaited. */
export interface PendingSignIn {
	tokenHash: string;
	userId: number;
	accountId: number;
	/** Of the account. */
	path: string;
	/** Of the person. */
	timeZone: string;
}

/** The sign-in that a request's cookie has begun; undefined: none, or it was not finished in time. */
export function pendingSignIn(tx: Tx, request: Request): PendingSignIn | undefined {
	const token = readCookie(request, SESSION_COOKIE);
	if (!token) return undefined;
	return tx
		.sql<PendingSignIn>(
			`SELECT s.token_hash AS tokenHash, u.id AS userId, a.id AS accountId, a.path,
				coalesce(u.time_zone, a.time_zone) AS timeZone
			FROM sign_in_sessions s JOIN users u ON u.id = s.user_id JOIN accounts a ON a.id = u.account_id
			WHERE s.token_hash = ? AND s.is_pending = 1 AND s.expires_at_utc > ? AND u.state = 'active'`,
		)
		.get(hashSessionToken(token), Date.now());
}

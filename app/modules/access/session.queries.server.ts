import { type BrowserName, browserName } from "#app/lib/browser-name.ts";
import type { Tx } from "#db/tx.ts";
import { requireSelf } from "./require-right.ts";
import type { SignedIn } from "./signed-in-by.server.ts";

export interface OwnSession extends BrowserName {
	/** The hash that the books know the session by; it signs nobody in. */
	id: string;
	address: string;
	signedInAtUtc: number;
	/** To a quarter of an hour. */
	seenAtUtc: number;
	isThis: boolean;
}

/** Nobody reads more; ending all others reaches every one. */
const LISTED = 100;

/** Where the person is signed in; this session first, then those used last. Throws Response 403 inside of another's cabinet. */
export function listOwnSessions(tx: Tx, { actor, user, tokenHash }: SignedIn): OwnSession[] {
	requireSelf(actor);
	return tx
		.sql<{ id: string; address: string; userAgent: string; signedInAtUtc: number; seenAtUtc: number }>(
			`SELECT token_hash AS id, address, user_agent AS userAgent, created_at_utc AS signedInAtUtc, seen_at_utc AS seenAtUtc
			FROM sign_in_sessions WHERE user_id = ? AND account_id = ? AND is_pending = 0 AND expires_at_utc > ?
			ORDER BY token_hash = ? DESC, seen_at_utc DESC LIMIT ?`,
		)
		.all(user.userId, user.accountId, Date.now(), tokenHash, LISTED)
		.map(({ userAgent, ...row }) => ({ ...row, ...browserName(userAgent), isThis: row.id === tokenHash }));
}

import { readCookie } from "#app/lib/cookies.ts";
import { readBooks, type Tx } from "#db/tx.ts";
import type { Actor } from "./actor.ts";
import { isBranchActive } from "./is-branch-active.server.ts";
import { hashSessionToken, SESSION_COOKIE } from "./session-token.server.ts";

export interface SignedIn {
	actor: Actor;
	/** The person's own, for the page's frame. */
	user: { login: string; name: string; locale: Actor["account"]["locale"] | null };
	tokenHash: string;
}

type Row = Actor["account"] & {
	userId: number;
	role: Actor["role"];
	login: string;
	userName: string;
	userLocale: SignedIn["user"]["locale"];
};

function rowOf(tx: Tx, tokenHash: string): Row | undefined {
	const row = tx
		.sql<Row>(
			`SELECT u.id AS userId, u.role, u.login, u.name AS userName, u.locale AS userLocale,
				a.id, a.kind, a.path, a.name, a.time_zone AS timeZone, a.country, a.locale
			FROM sign_in_sessions s JOIN users u ON u.id = s.user_id JOIN accounts a ON a.id = u.account_id
			WHERE s.token_hash = ? AND s.expires_at_utc > ?`,
		)
		.get(tokenHash, Date.now());
	// A session does not outlive the blocking of its account or of any above it.
	return row && isBranchActive(tx, row.path) ? row : undefined;
}

/** Who a request comes from; undefined without a living session. */
export function signedInBy(request: Request): SignedIn | undefined {
	const token = readCookie(request, SESSION_COOKIE);
	if (!token) return undefined;
	const tokenHash = hashSessionToken(token);
	const row = readBooks((tx) => rowOf(tx, tokenHash));
	if (!row) return undefined;
	const { userId, role, login, userName, userLocale, ...account } = row;
	return {
		actor: { userId, behindUserId: null, role, account },
		user: { login, name: userName, locale: userLocale },
		tokenHash,
	};
}

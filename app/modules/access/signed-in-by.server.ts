import { readCookie } from "#app/lib/cookies.ts";
import { readBooks, type Tx } from "#db/tx.ts";
import type { Actor } from "./actor.ts";
import { branchStanding } from "./branch-standing.server.ts";
import { type LivingImpersonation, lapsedImpersonation, livingImpersonation } from "./living-impersonation.server.ts";
import { reachesOwnAccount } from "./require-right.ts";
import { intersect, readRights, withoutOwnAccount } from "./rights.ts";
import { outermost } from "./scope.ts";
import { hashSessionToken, SESSION_COOKIE } from "./session-token.server.ts";

/** The person at the keyboard. */
export interface Person {
	userId: number;
	accountId: number;
	accountName: string;
	role: Actor["role"];
	login: string;
	name: string;
	locale: Actor["account"]["locale"] | null;
	hasSecondFactor: boolean;
	avatarKey: string | null;
	unseenNotices: number;
}

export interface SignedIn {
	/** As whom the person acts now. */
	actor: Actor;
	/** The person in the own account, wherever it is now. */
	home: Actor;
	user: Person;
	tokenHash: string;
	/** The cabinet that the person has entered from outside; null at home. */
	inside: LivingImpersonation | null;
	/** The impersonation that the session entered last, over or not; null: it has never entered any. */
	enteredId: number | null;
	/** A cabinet whose time ran out, or that is out of reach now, and that nobody has left by the button yet. */
	lapsed: { id: number; accountName: string } | null;
	/** The person's account demands a second factor, and the person has none yet: only its set-up page opens. */
	mustSetUpSecondFactor: boolean;
	/** Unix ms, to a quarter of an hour. */
	seenAtUtc: number;
}

export interface SessionRow {
	userId: number;
	role: Actor["role"];
	login: string;
	userName: string;
	userLocale: Person["locale"];
	userTimeZone: string | null;
	hasSecondFactor: number;
	avatarKey: string | null;
	unseenNotices: number;
	roleRights: string | null;
	onlyAccountIds: string | null;
	impersonationId: number | null;
	createdAtUtc: number;
	seenAtUtc: number;
	id: number;
	kind: Actor["account"]["kind"];
	path: string;
	name: string;
	timeZone: string;
	country: string;
	locale: Actor["account"]["locale"];
}

/** Who a request comes from; undefined without a living session. The one place that computes scope and rights. */
export function signedInBy(request: Request): SignedIn | undefined {
	const token = readCookie(request, SESSION_COOKIE);
	if (!token) return undefined;
	return readBooks((tx) => signedInWith(tx, hashSessionToken(token)));
}

/** The same by the hash of a session's token. */
export function signedInWith(tx: Tx, tokenHash: string): SignedIn | undefined {
	const row = sessionOf(tx, tokenHash);
	if (!row) return undefined;
	const standing = branchStanding(tx, row.path);
	// A session does not outlive the blocking of its account or of any above it.
	if (!standing.isActive || row.createdAtUtc <= standing.lastBlockedAtUtc) return undefined;
	const home = homeActor(tx, row, standing.rights);
	const mustSetUpSecondFactor = standing.demandsSecondFactor && row.hasSecondFactor === 0;
	// Whoever lacks a second factor that is demanded stays at home until there is one.
	const inside =
		row.impersonationId === null || mustSetUpSecondFactor ? null : livingImpersonation(tx, home, row.impersonationId);
	const { impersonationId: enteredId, ...kept } = row;
	return {
		actor: inside?.actor ?? home,
		home,
		user: {
			userId: kept.userId,
			accountId: kept.id,
			accountName: kept.name,
			role: kept.role,
			login: kept.login,
			name: kept.userName,
			locale: kept.userLocale,
			hasSecondFactor: kept.hasSecondFactor === 1,
			avatarKey: kept.avatarKey,
			unseenNotices: kept.unseenNotices,
		},
		tokenHash,
		inside,
		enteredId,
		lapsed:
			enteredId === null || enteredId === inside?.id ? null : lapsedImpersonation(tx, home, enteredId, inside?.id),
		mustSetUpSecondFactor,
		seenAtUtc: kept.seenAtUtc,
	};
}

function sessionOf(tx: Tx, tokenHash: string): SessionRow | undefined {
	return tx
		.sql<SessionRow>(
			`SELECT u.id AS userId, u.role, u.login, u.name AS userName, u.locale AS userLocale, u.time_zone AS userTimeZone,
				u.sealed_totp IS NOT NULL AS hasSecondFactor, u.avatar_key AS avatarKey, u.unseen_notices AS unseenNotices,
				r.rights AS roleRights, r.only_account_ids AS onlyAccountIds, s.impersonation_id AS impersonationId,
				s.created_at_utc AS createdAtUtc, s.seen_at_utc AS seenAtUtc, a.id, a.kind, a.path, a.name, a.time_zone AS timeZone, a.country, a.locale
			FROM sign_in_sessions s JOIN users u ON u.id = s.user_id JOIN accounts a ON a.id = u.account_id
			LEFT JOIN roles r ON r.id = u.role_id AND r.account_id = u.account_id
			WHERE s.token_hash = ? AND s.expires_at_utc > ? AND s.is_pending = 0 AND u.state = 'active'`,
		)
		.get(tokenHash, Date.now());
}

/** The person in the own account: an owner has every right of the account, an employee those of them that its role names. */
function homeActor(tx: Tx, row: SessionRow, accountRights: Actor["rights"]): Actor {
	const isOwner = row.role === "owner";
	const actor: Actor = {
		userId: row.userId,
		behindUserId: null,
		role: row.role,
		account: {
			id: row.id,
			kind: row.kind,
			path: row.path,
			name: row.name,
			// Times are read and typed in the person's own zone, where it has chosen one.
			timeZone: row.userTimeZone ?? row.timeZone,
			country: row.country,
			locale: row.locale,
		},
		// An employee whose role is gone has no right.
		rights: isOwner ? accountRights : intersect(accountRights, readRights(row.roleRights ?? "[]")),
		branches: isOwner || row.onlyAccountIds === null ? [row.path] : branchesOf(tx, row.path, row.onlyAccountIds),
	};
	return reachesOwnAccount(actor) ? actor : { ...actor, rights: withoutOwnAccount(actor.rights) };
}

/** Where the accounts that a role is limited to stand today; one that was moved out of the scope is out of reach. */
function branchesOf(tx: Tx, path: string, onlyAccountIds: string): string[] {
	const rows = tx
		.sql<{ path: string }>(
			"SELECT a.path FROM json_each(?) i JOIN accounts a ON a.id = i.value WHERE substr(a.path, 1, length(?)) = ?",
		)
		.all(onlyAccountIds, path, path);
	return outermost(rows.map((row) => row.path));
}

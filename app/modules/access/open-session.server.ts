import { type AuditDetail, insertAudit } from "#app/modules/audit/write-audit.server.ts";
import { noteNewSignIn } from "#app/modules/notices/note-new-sign-in.server.ts";
import type { Tx } from "#db/tx.ts";
import { hashSessionToken, PENDING_MINUTES, SESSION_DAYS } from "./session-token.server.ts";

/** Whose session it is, and where it was opened from. */
export interface NewSession {
	userId: number;
	accountId: number;
	/** Of the account. */
	path: string;
	token: string;
	/** Of the visitor, by the proxies that may be believed. */
	address: string;
	userAgent: string;
}

/** Opens a session for somebody who has shown everything that is asked for; it stands in the account's audit. */
export function openSession(tx: Tx, session: NewSession, detail: AuditDetail = {}): void {
	const now = Date.now();
	noteNewSignIn(tx, session);
	insertSession(tx, session, { now, untilUtc: now + SESSION_DAYS * 86_400_000, isPending: false });
	tx.sql("UPDATE accounts SET last_active_at_utc = ? WHERE id = ?").run(now, session.accountId);
	insertAudit(tx, {
		accountId: session.accountId,
		path: session.path,
		userId: session.userId,
		verb: "sign-in",
		subject: `user:${session.userId}`,
		detail: { address: session.address.slice(0, 64), ...detail },
	});
}

/** Remembers for some minutes that the password was right; opens no page until the second factor has been shown, too. */
export function openPendingSession(tx: Tx, session: NewSession): void {
	const now = Date.now();
	insertSession(tx, session, { now, untilUtc: now + PENDING_MINUTES * 60_000, isPending: true });
}

function insertSession(
	tx: Tx,
	session: NewSession,
	{ now, untilUtc, isPending }: { now: number; untilUtc: number; isPending: boolean },
): void {
	tx.sql("DELETE FROM sign_in_sessions WHERE user_id = ? AND account_id = ? AND expires_at_utc <= ?").run(
		session.userId,
		session.accountId,
		now,
	);
	tx.sql(
		`INSERT INTO sign_in_sessions (token_hash, account_id, user_id, created_at_utc, seen_at_utc, expires_at_utc, is_pending,
			address, user_agent)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
	).run(
		hashSessionToken(session.token),
		session.accountId,
		session.userId,
		now,
		now,
		untilUtc,
		isPending ? 1 : 0,
		session.address.slice(0, 64),
		session.userAgent.slice(0, 300),
	);
}

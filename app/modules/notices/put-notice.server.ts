import type { Tx } from "#db/tx.ts";
import { canMute, type NoticeDetails, type NoticeKind } from "./notice.ts";

/**
 * Tells a person something in the cabinet, in the transaction in which it happened: `putNotice(tx, { userId: 30, accountId: 3 },
 * "password.changed", { by: "above" })`. Nothing is written for a kind that the person has muted, nor for a person who is not of
 * that account or signs in no more.
 */
export function putNotice<Kind extends NoticeKind>(
	tx: Tx,
	to: { userId: number; accountId: number },
	kind: Kind,
	detail: NoticeDetails[Kind],
): void {
	const person = tx
		.sql<{ muted: string }>(
			"SELECT muted_notices AS muted FROM users WHERE id = ? AND account_id = ? AND state = 'active'",
		)
		.get(to.userId, to.accountId);
	if (!person || (canMute(kind) && (JSON.parse(person.muted) as string[]).includes(kind))) return;
	tx.sql("INSERT INTO notices (account_id, user_id, kind, detail, at_utc) VALUES (?, ?, ?, ?, ?)").run(
		to.accountId,
		to.userId,
		kind,
		JSON.stringify(detail),
		Date.now(),
	);
	tx.sql("UPDATE users SET unseen_notices = unseen_notices + 1 WHERE id = ? AND account_id = ?").run(
		to.userId,
		to.accountId,
	);
}

/** The same to every owner of an account: for what concerns the account as a whole. */
export function putNoticeToOwners<Kind extends NoticeKind>(
	tx: Tx,
	accountId: number,
	kind: Kind,
	detail: NoticeDetails[Kind],
): void {
	const owners = tx
		.sql<{ userId: number }>("SELECT id AS userId FROM users WHERE account_id = ? AND role = 'owner'")
		.all(accountId);
	for (const { userId } of owners) putNotice(tx, { userId, accountId }, kind, detail);
}

import { cutPage, PAGE_ROWS } from "#app/lib/page-by-key.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireSelf } from "#app/modules/access/require-right.ts";
import { type Who, whoFor } from "#app/modules/audit/name-entries.server.ts";
import type { Tx } from "#db/tx.ts";
import type { Notice, NoticeDetails } from "./notice.ts";

export type ReadNotice = Notice & {
	/** Of whom the notice tells; null: of nobody. */
	who: Who | null;
};

/**
 * What the person was told, newest first, 50 a page.
 *
 * @throws Response 403 inside of another's cabinet.
 */
export function listNotices(
	tx: Tx,
	actor: Actor,
	after?: number,
): { rows: ReadNotice[]; nextAfter: number | null; unseen: number } {
	requireSelf(actor);
	const stored = tx
		.sql<{ id: number; kind: Notice["kind"]; detail: string; atUtc: number; seenAtUtc: number | null }>(
			`SELECT id, kind, detail, at_utc AS atUtc, seen_at_utc AS seenAtUtc FROM notices
			WHERE user_id = ? AND account_id = ? AND id < ? ORDER BY id DESC LIMIT ?`,
		)
		.all(actor.userId, actor.account.id, after ?? Number.MAX_SAFE_INTEGER, PAGE_ROWS + 1);
	const { rows, nextAfter } = cutPage(stored);
	const { unseen } = tx
		.sql<{ unseen: number }>("SELECT unseen_notices AS unseen FROM users WHERE id = ? AND account_id = ?")
		.get(actor.userId, actor.account.id)!;
	return { rows: rows.map((row) => readNotice(tx, actor, row)), nextAfter, unseen };
}

function readNotice(
	tx: Tx,
	actor: Actor,
	row: { id: number; kind: Notice["kind"]; detail: string; atUtc: number; seenAtUtc: number | null },
): ReadNotice {
	const { seenAtUtc, ...rest } = row;
	const detail = JSON.parse(row.detail);
	const who = row.kind === "cabinet.entered" ? visitor(tx, actor, detail) : null;
	return { ...rest, detail, isSeen: seenAtUtc !== null, who } as ReadNotice;
}

function visitor(tx: Tx, actor: Actor, { behindAccountId }: NoticeDetails["cabinet.entered"]): Who {
	const account = tx
		.sql<{ name: string; path: string }>("SELECT name, path FROM accounts WHERE id = ?")
		.get(behindAccountId);
	return whoFor(
		actor,
		account && { accountId: behindAccountId, accountName: account.name, name: account.name, path: account.path },
	);
}

import type { Actor } from "#app/modules/access/actor.ts";
import { mayUndo } from "#app/modules/access/may-undo.server.ts";
import type { Tx } from "#db/tx.ts";
import { type Block, isLiving } from "./block.ts";

/** The living block of an account itself, whose place in the actor's scope the caller has checked. */
export function findBlock(tx: Tx, accountId: number, now = Date.now()): Block | undefined {
	const block = tx
		.sql<Block>(
			`SELECT block_reason AS reason, blocked_at_utc AS sinceUtc, blocked_until_utc AS untilUtc, blocked_by_account_id AS byAccountId
			FROM accounts WHERE id = ? AND state = 'blocked'`,
		)
		.get(accountId);
	if (!block || !isLiving(block, now)) return undefined;
	return { ...block, reason: block.reason ?? "" };
}

/** Whether the actor may lift or change a block of an account below. `path` is the blocked account's. */
export function mayChangeBlock(tx: Tx, actor: Pick<Actor, "account">, path: string, block: Block): boolean {
	return mayUndo(tx, actor, path, block.byAccountId);
}

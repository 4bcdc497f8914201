import type { Actor } from "#app/modules/access/actor.ts";
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

/**
 * Whether the actor may lift or change a block of an account below: it is the business of whoever set it and of those above them.
 * A dealer does not undo what the admin did to its client. Once the setter does not stand above the account any more (it was moved to
 * another branch), or is not known, it is the business of everybody above.
 *
 * @param path of the blocked account.
 */
export function mayChangeBlock(tx: Tx, actor: Pick<Actor, "account">, path: string, block: Block): boolean {
	if (block.byAccountId === null) return true;
	const setter = tx.sql<{ path: string }>("SELECT path FROM accounts WHERE id = ?").get(block.byAccountId);
	if (!setter || !path.startsWith(setter.path)) return true;
	return setter.path.startsWith(actor.account.path);
}

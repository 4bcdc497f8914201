import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { AccountStateError } from "#app/modules/accounts/account.errors.ts";
import { requireAccountBelow } from "#app/modules/accounts/require-account.server.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import { putOutbox } from "#jobs/outbox.ts";
import { BlockFromAboveError } from "./block.errors.ts";
import { findBlock, mayChangeBlock } from "./find-block.server.ts";

export interface BlockInput {
	reason: string;
	/** Unix ms; null: until somebody lifts it. */
	untilUtc: number | null;
}

/**
 * Blocks an account below the actor's, and with it the whole branch below that: one row changes, and everything else (sign-ins,
 * sessions, each step of sending) asks for it. A blocked account's block is replaced by this one: longer, shorter, other words.
 *
 * @param version what the page showed.
 * @throws Response 403; AccountNotFoundError (also for the own account), StaleAccountError, AccountStateError (closed),
 * BlockFromAboveError
 */
export async function blockAccount(actor: Actor, accountId: number, version: number, input: BlockInput): Promise<void> {
	requireRight(actor, "accounts.update");
	await inTx((tx) => {
		const now = Date.now();
		const account = requireAccountBelow(tx, actor, accountId, version);
		if (account.state === "closed") throw new AccountStateError("closed");
		const before = findBlock(tx, accountId, now);
		if (before && !mayChangeBlock(tx, actor, account.path, before)) throw new BlockFromAboveError();
		tx.sql(
			`UPDATE accounts SET state = 'blocked', block_reason = @reason, blocked_until_utc = @untilUtc, blocked_by_account_id = @by,
				blocked_at_utc = @since, unblocked_at_utc = NULL, version = version + 1 WHERE id = @accountId`,
		).run({ ...input, by: actor.account.id, since: before?.sinceUtc ?? now, accountId });
		// A job of an earlier block finds that its moment is not this one's, and does nothing.
		const { untilUtc } = input;
		if (untilUtc !== null) putOutbox(tx, { accountId, task: "end-block", payload: { accountId }, runAtUtc: untilUtc });
		putOutbox(tx, { accountId, task: "halt-blocked", payload: {} });
		writeAudit(tx, actor, "account.block", `account:${accountId}`, { ...input }, account.path);
	});
}

import { insertAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import { liftBlock } from "./lift-block.server.ts";

/**
 * Writes down that a block has come to its end. Safe to run at any moment and as often as one likes: a block that has been
 * prolonged, shortened or replaced since the job was put is judged by its own end.
 */
export async function endBlock(accountId: number): Promise<void> {
	await inTx((tx) => {
		const ended = tx
			.sql<{ path: string; untilUtc: number }>(
				`SELECT path, blocked_until_utc AS untilUtc FROM accounts
				WHERE id = ? AND state = 'blocked' AND blocked_until_utc <= ?`,
			)
			.get(accountId, Date.now());
		if (!ended) return;
		liftBlock(tx, accountId, ended.untilUtc);
		const { path, untilUtc } = ended;
		const subject = `account:${accountId}`;
		insertAudit(tx, { accountId, path, userId: null, verb: "account.unblock", subject, detail: { untilUtc } });
	});
}

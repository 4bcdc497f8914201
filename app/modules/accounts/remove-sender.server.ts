import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import { requireEditable } from "./require-editable.server.ts";

/**
 * Takes a sender name away: no new campaign of the account and its branch begins under it, unless an account above has it too. What has
 * begun goes on. One that is gone already is no error.
 *
 * @throws Response 403; AccountNotFoundError, AccountStateError
 */
export async function removeSender(actor: Actor, accountId: number, senderId: number): Promise<void> {
	requireRight(actor, "accounts.update");
	await inTx((tx) => {
		const { path } = requireEditable(tx, actor, accountId);
		const gone = tx
			.sql<{ channel: string; name: string }>(
				"DELETE FROM senders WHERE id = ? AND account_id = ? RETURNING channel, name",
			)
			.get(senderId, accountId);
		if (!gone) return;
		tx.sql("UPDATE accounts SET version = version + 1 WHERE id = ? AND path = ?").run(accountId, path);
		const detail = { sender: gone.name, channel: gone.channel };
		writeAudit(tx, actor, "account.sender-remove", `account:${accountId}`, detail, path);
	});
}

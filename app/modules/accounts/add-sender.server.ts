import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import { SenderTakenError, TooManySendersError } from "./account.errors.ts";
import { requireEditable } from "./require-editable.server.ts";
import type { SenderInput } from "./sender.schema.ts";

export const SENDERS_MAX = 50;

/**
 * Lets an account, and with it its branch, write under a sender name.
 *
 * @throws Response 403; AccountNotFoundError, AccountStateError, SenderTakenError, TooManySendersError
 */
export async function addSender(actor: Actor, accountId: number, { channel, name }: SenderInput): Promise<void> {
	requireRight(actor, "accounts.update");
	await inTx((tx) => {
		const { path } = requireEditable(tx, actor, accountId);
		const has = tx
			.sql<{ name: string }>("SELECT name FROM senders WHERE account_id = ? AND channel = ?")
			.all(accountId, channel);
		if (has.some((one) => one.name === name)) throw new SenderTakenError(name);
		if (has.length >= SENDERS_MAX) throw new TooManySendersError(name);
		tx.sql("INSERT INTO senders (account_id, channel, name) VALUES (?, ?, ?)").run(accountId, channel, name);
		tx.sql("UPDATE accounts SET version = version + 1 WHERE id = ? AND path = ?").run(accountId, path);
		writeAudit(tx, actor, "account.sender-add", `account:${accountId}`, { sender: name, channel }, path);
	});
}

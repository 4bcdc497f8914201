import { insertAudit } from "#app/modules/audit/write-audit.server.ts";
import type { Tx } from "#db/tx.ts";
import type { PendingSignIn } from "./pending-sign-in.server.ts";

/** Somebody knows the person's password and guesses at codes: the account's audit says so, once for each window of tries. */
export function noteGuessing(tx: Tx, { userId, accountId, path }: PendingSignIn, address: string): void {
	insertAudit(tx, {
		accountId,
		path,
		userId: null,
		verb: "sign-in.guessing",
		subject: `user:${userId}`,
		detail: { address: address.slice(0, 64) },
	});
}

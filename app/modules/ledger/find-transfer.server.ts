import { createHash } from "node:crypto";
import type { Tx } from "#db/tx.ts";
import { OpReusedError } from "./ledger.errors.ts";
import type { NewTransfer, Posted } from "./transfer.ts";

/** What an operation is known by, and what was asked for. */
export type Operation = Pick<NewTransfer, "opId" | "kind" | "accountId" | "input">;

/**
 * The transfer that this operation has made already; undefined while it has made none. Asked before anything else is, so that a repeat
 * is answered as the first was, whatever has changed since.
 *
 * @throws OpReusedError
 */
export function findTransfer(tx: Tx, operation: Operation): Posted | undefined {
	const before = tx
		.sql<{ id: number; opHash: string }>("SELECT id, op_hash AS opHash FROM transfers WHERE op_id = ?")
		.get(operation.opId);
	if (!before) return undefined;
	if (before.opHash !== operationHash(operation))
		throw new OpReusedError(`operation ${operation.opId} was another one`);
	return { transferId: before.id, isRepeat: true };
}

export function operationHash({ kind, accountId, input }: Operation): string {
	return createHash("sha256")
		.update(JSON.stringify([kind, accountId, input]))
		.digest("base64url");
}

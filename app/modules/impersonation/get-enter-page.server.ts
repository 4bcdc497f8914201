import { refusal } from "#app/modules/access/refusal.ts";
import type { SignedIn } from "#app/modules/access/signed-in-by.server.ts";
import type { Tx } from "#db/tx.ts";
import { accountToEnter } from "./account-to-enter.server.ts";

/**
 * What the page shows that asks whoever enters an account's cabinet.
 *
 * @throws Response 403, AccountNotFoundError
 */
export function getEnterPage(tx: Tx, { actor, inside }: SignedIn, accountId: number) {
	// From a cabinet that is only looked at nobody goes on.
	if (inside?.isReadOnly) throw refusal("read_only");
	const { id, name, isClosed, isBlocked, ownerId } = accountToEnter(tx, actor, accountId);
	return { id, name, isClosed, isBlocked, hasOwner: ownerId !== null, outerEndsAtUtc: inside?.endsAtUtc ?? null };
}

import type { Actor } from "#app/modules/access/actor.ts";
import { requireKind, requireOwnRight } from "#app/modules/access/require-right.ts";
import type { Posted } from "#app/modules/ledger/transfer.ts";
import { inTxOnTwo, type Kept } from "#app/modules/standby/in-tx-on-two.server.ts";
import type { Move } from "./money.schema.ts";
import { moveAmount, pay } from "./move-amount.server.ts";

/**
 * Puts money from beyond the installation into the root's balance: the only way by which any comes into it.
 *
 * @throws Response 403; OpReusedError, TooMuchError
 */
export async function deposit(actor: Actor, move: Move): Promise<Posted & Kept> {
	requireKind(actor, "admin");
	requireOwnRight(actor, "money.create");
	const { id: accountId } = actor.account;
	const outside = { accountId, book: "outside" } as const;
	const decide = () => pay(move.amountMicros, outside, { accountId, book: "available" }, Number.POSITIVE_INFINITY);
	return inTxOnTwo((tx) =>
		moveAmount(tx, actor, move, { account: { id: accountId }, kind: "deposit", verb: "money.deposit", decide }),
	);
}

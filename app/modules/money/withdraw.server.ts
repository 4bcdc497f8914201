import type { Actor } from "#app/modules/access/actor.ts";
import { requireKind, requireOwnRight } from "#app/modules/access/require-right.ts";
import { balanceOf } from "#app/modules/ledger/balance-of.server.ts";
import type { Posted } from "#app/modules/ledger/transfer.ts";
import { isInDoubt } from "#app/modules/proof/list-proofs.server.ts";
import { inTxOnTwo, type Kept } from "#app/modules/standby/in-tx-on-two.server.ts";
import { BooksInDoubtError } from "./money.errors.ts";
import type { Move } from "./money.schema.ts";
import { moveAmount, pay } from "./move-amount.server.ts";

/**
 * Takes money out of the root's balance, to beyond the installation; never what is only credit.
 *
 * @throws Response 403; OpReusedError, NotEnoughError, BooksInDoubtError
 */
export async function withdraw(actor: Actor, move: Move): Promise<Posted & Kept> {
	requireKind(actor, "admin");
	requireOwnRight(actor, "money.create");
	const { id: accountId } = actor.account;
	return inTxOnTwo((tx) => {
		const decide = () => {
			if (isInDoubt(tx)) throw new BooksInDoubtError();
			const hasMicros = Math.max(0, balanceOf(tx, accountId).availableMicros);
			return pay(move.amountMicros, { accountId, book: "available" }, { accountId, book: "outside" }, hasMicros);
		};
		return moveAmount(tx, actor, move, {
			account: { id: accountId },
			kind: "withdrawal",
			verb: "money.withdraw",
			decide,
		});
	});
}

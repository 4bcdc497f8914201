import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight } from "#app/modules/access/require-right.ts";
import { AccountStateError } from "#app/modules/accounts/account.errors.ts";
import { requireAccountBelow } from "#app/modules/accounts/require-account.server.ts";
import { type Balance, balanceOf } from "#app/modules/ledger/balance-of.server.ts";
import type { Posted } from "#app/modules/ledger/transfer.ts";
import { inTxOnTwo, type Kept } from "#app/modules/standby/in-tx-on-two.server.ts";
import type { Move } from "./money.schema.ts";
import { type AmountDeed, moveAmount, pay } from "./move-amount.server.ts";

interface Way extends Pick<AmountDeed, "kind" | "verb"> {
	/** The account below gets it; else it gives it. */
	isDown: boolean;
	/** What whoever gives it has to give. */
	hasMicros: (giver: Balance) => number;
}

/**
 * Moves an amount straight between the own account and one below it, however far below it stands.
 *
 * @throws Response 403; AccountNotFoundError (also for the own account and those above), AccountStateError (closed), OpReusedError,
 * NotEnoughError, TooMuchError
 */
export async function moveBelow(actor: Actor, accountId: number, move: Move, way: Way): Promise<Posted & Kept> {
	requireOwnRight(actor, "money.create");
	const { isDown, hasMicros, ...deed } = way;
	const [giver, taker] = isDown ? [actor.account.id, accountId] : [accountId, actor.account.id];
	return inTxOnTwo((tx) => {
		const account = requireAccountBelow(tx, actor, accountId);
		const decide = () => {
			if (account.state === "closed") throw new AccountStateError("closed");
			return pay(
				move.amountMicros,
				{ accountId: giver, book: "available" },
				{ accountId: taker, book: "available" },
				hasMicros(balanceOf(tx, giver)),
			);
		};
		return moveAmount(tx, actor, move, { account, ...deed, decide });
	});
}

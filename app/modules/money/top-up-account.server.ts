import type { Actor } from "#app/modules/access/actor.ts";
import type { Posted } from "#app/modules/ledger/transfer.ts";
import type { Kept } from "#app/modules/standby/in-tx-on-two.server.ts";
import type { Move } from "./money.schema.ts";
import { moveBelow } from "./move-below.server.ts";

/**
 * Gives an account of the actor's scope money out of the own balance, straight, however far below it stands.
 *
 * @throws Response 403; AccountNotFoundError (also for the own account and those above), AccountStateError (closed), OpReusedError,
 * NotEnoughError, TooMuchError
 */
export function topUpAccount(actor: Actor, accountId: number, move: Move): Promise<Posted & Kept> {
	return moveBelow(actor, accountId, move, {
		...{ kind: "top_up", verb: "money.top-up", isDown: true },
		hasMicros: ({ spendableMicros }) => spendableMicros,
	});
}

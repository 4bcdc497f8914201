import type { Actor } from "#app/modules/access/actor.ts";
import type { Posted } from "#app/modules/ledger/transfer.ts";
import type { Kept } from "#app/modules/standby/in-tx-on-two.server.ts";
import type { Move } from "./money.schema.ts";
import { moveBelow } from "./move-below.server.ts";

/**
 * Takes money of an account of the actor's scope into the own balance: what it has, never its credit, never what is held.
 *
 * @throws Response 403; AccountNotFoundError (also for the own account and those above), AccountStateError (closed), OpReusedError,
 * NotEnoughError (of what the account has), TooMuchError
 */
export function takeBack(actor: Actor, accountId: number, move: Move): Promise<Posted & Kept> {
	return moveBelow(actor, accountId, move, {
		...{ kind: "take_back", verb: "money.take-back", isDown: false },
		hasMicros: ({ availableMicros }) => Math.max(0, availableMicros),
	});
}

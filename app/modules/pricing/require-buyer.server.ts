import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight, requireRight } from "#app/modules/access/require-right.ts";
import type { Right } from "#app/modules/access/rights.ts";
import { AccountNotFoundError, AccountStateError } from "#app/modules/accounts/account.errors.ts";
import { requireAccountBelow } from "#app/modules/accounts/require-account.server.ts";
import type { Tx } from "#db/tx.ts";
import { ANY_BUYER } from "./find-price.server.ts";

export interface Buyer {
	/** 0: everybody directly below. */
	id: number;
	/** "" of everybody. */
	name: string;
}

/**
 * Whose prices the actor's account makes: those of an account directly below it, or of all there. Who stands lower gets its prices from
 * its own dealer.
 *
 * @throws Response 403, also for the list for all where the actor is limited to some accounts; AccountNotFoundError, AccountStateError
 */
export function requireBuyer(tx: Tx, actor: Actor, buyerId: number, right: Right): Buyer {
	if (buyerId === ANY_BUYER) {
		requireOwnRight(actor, right);
		if (actor.account.kind === "client") throw new Response(null, { status: 403 });
		return { id: ANY_BUYER, name: "" };
	}
	requireRight(actor, right);
	const account = requireAccountBelow(tx, actor, buyerId);
	if (account.parentId !== actor.account.id) throw new AccountNotFoundError(`account ${buyerId} is not directly below`);
	if (account.state === "closed") throw new AccountStateError("closed");
	return { id: account.id, name: account.name };
}

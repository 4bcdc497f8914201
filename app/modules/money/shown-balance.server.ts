import type { Actor } from "#app/modules/access/actor.ts";
import { hasRight, reachesOwnAccount } from "#app/modules/access/require-right.ts";
import { balanceOf } from "#app/modules/ledger/balance-of.server.ts";
import { currency } from "#app/modules/platform/currency.server.ts";
import { readBooks } from "#db/tx.ts";

/** What can be seen in the header of every page: micro-units of the own account, and their currency. */
export interface ShownBalance {
	availableMicros: number;
	currency: string;
}

/** The own account's balance for whoever may see it; null for others. */
export function shownBalance(actor: Actor): ShownBalance | null {
	if (!hasRight(actor, "money.read") || !reachesOwnAccount(actor)) return null;
	return readBooks((tx) => ({
		availableMicros: balanceOf(tx, actor.account.id).availableMicros,
		currency: currency(tx),
	}));
}

import { randomUUID } from "node:crypto";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireKind, requireOwnRight } from "#app/modules/access/require-right.ts";
import { requireAccountBelow } from "#app/modules/accounts/require-account.server.ts";
import { balanceOf } from "#app/modules/ledger/balance-of.server.ts";
import { currency } from "#app/modules/platform/currency.server.ts";
import type { Tx } from "#db/tx.ts";

/**
 * What a page that moves money between the own account and one below it shows.
 *
 * @throws Response 403; AccountNotFoundError, also for the own account.
 */
export function getMovePage(tx: Tx, actor: Actor, accountId: number) {
	requireOwnRight(actor, "money.read");
	requireOwnRight(actor, "money.create");
	const { id, name, state } = requireAccountBelow(tx, actor, accountId);
	return {
		account: { id, name, isClosed: state === "closed" },
		balance: balanceOf(tx, id),
		own: balanceOf(tx, actor.account.id),
		currency: currency(tx),
		formKey: randomUUID(),
	};
}

/**
 * The same of a page that moves money between the root and what is beyond the installation.
 *
 * @throws Response 403
 */
export function getOutsidePage(tx: Tx, actor: Actor) {
	requireKind(actor, "admin");
	requireOwnRight(actor, "money.read");
	requireOwnRight(actor, "money.create");
	return { own: balanceOf(tx, actor.account.id), currency: currency(tx), formKey: randomUUID() };
}

import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight, requireRight } from "#app/modules/access/require-right.ts";
import { requireAccount } from "#app/modules/accounts/require-account.server.ts";
import type { Tx } from "#db/tx.ts";

/** Whose money a page is about. */
export interface MoneyAccount {
	id: number;
	name: string;
	isOwn: boolean;
	isClosed: boolean;
}

/**
 * The account whose money is asked for, where the actor may see it.
 *
 * @param accountId undefined: the own.
 * @throws Response 403; AccountNotFoundError
 */
export function moneyAccount(tx: Tx, actor: Actor, accountId: number | undefined): MoneyAccount {
	if (accountId === undefined) {
		requireOwnRight(actor, "money.read");
		return { id: actor.account.id, name: actor.account.name, isOwn: true, isClosed: false };
	}
	requireRight(actor, "money.read");
	requireRight(actor, "accounts.read");
	const { id, name, state } = requireAccount(tx, actor, accountId);
	return { id, name, isOwn: id === actor.account.id, isClosed: state === "closed" };
}

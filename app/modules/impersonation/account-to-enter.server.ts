import type { AccountKind, Actor } from "#app/modules/access/actor.ts";
import { branchStanding } from "#app/modules/access/branch-standing.server.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { IN_SCOPE, scopeOf } from "#app/modules/access/scope.ts";
import { AccountNotFoundError } from "#app/modules/accounts/account.errors.ts";
import type { Tx } from "#db/tx.ts";

export interface AccountToEnter {
	id: number;
	kind: AccountKind;
	name: string;
	path: string;
	isClosed: boolean;
	/** It or an account above it is blocked: its cabinet can only be looked at. */
	isBlocked: boolean;
	/** The owner as whom it would be acted; null: there is none. */
	ownerId: number | null;
}

/**
 * An account below the actor's own, as somebody about to enter it sees it. Owners enter, and whoever acts as an owner.
 *
 * @throws Response 403, AccountNotFoundError
 */
export function accountToEnter(tx: Tx, actor: Actor, accountId: number): AccountToEnter {
	requireRight(actor, "accounts.read");
	if (actor.role !== "owner") throw new Response(null, { status: 403 });
	const account = tx
		.sql<Pick<AccountToEnter, "id" | "kind" | "name" | "path"> & { state: string }>(
			`SELECT a.id, a.kind, a.name, a.path, a.state FROM accounts a WHERE a.id = @id AND a.id <> @own AND ${IN_SCOPE}`,
		)
		.get({ id: accountId, own: actor.account.id, scope: scopeOf(actor) });
	if (!account) throw new AccountNotFoundError();
	const { state, ...rest } = account;
	const standing = branchStanding(tx, account.path);
	const owner = tx
		.sql<{ id: number }>(
			"SELECT id FROM users WHERE account_id = ? AND role = 'owner' AND state = 'active' ORDER BY id LIMIT 1",
		)
		.get(accountId);
	return {
		...rest,
		isClosed: state === "closed" || (!standing.isActive && standing.block === null),
		isBlocked: standing.block !== null,
		ownerId: owner?.id ?? null,
	};
}

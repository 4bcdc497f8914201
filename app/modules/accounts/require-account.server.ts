import type { AccountKind, Actor } from "#app/modules/access/actor.ts";
import { IN_SCOPE, scopeOf } from "#app/modules/access/scope.ts";
import type { Tx } from "#db/tx.ts";
import { AccountNotFoundError, StaleAccountError } from "./account.errors.ts";

export interface Account {
	id: number;
	parentId: number | null;
	kind: AccountKind;
	path: string;
	name: string;
	ownerLogin: string;
	city: string;
	note: string;
	locale: Actor["account"]["locale"];
	timeZone: string;
	country: string;
	state: "active" | "blocked" | "closed";
	grants: string | null;
	version: number;
}

/** @throws AccountNotFoundError for one that is not in the actor's scope. */
export function requireAccount(tx: Tx, actor: Actor, accountId: number): Account {
	const account = tx
		.sql<Account>(
			`SELECT a.id, a.parent_id AS parentId, a.kind, a.path, a.name, a.owner_login AS ownerLogin, a.city, a.note, a.locale,
				a.time_zone AS timeZone, a.country, a.state, a.grants, a.version
			FROM accounts a WHERE a.id = @id AND ${IN_SCOPE}`,
		)
		.get({ id: accountId, scope: scopeOf(actor) });
	if (!account) throw new AccountNotFoundError(`no account ${accountId}`);
	return account;
}

/**
 * An account that the actor stands above: what is done to one from above, nobody does to the own.
 *
 * @param version what the page showed; left out where it does not matter.
 * @throws AccountNotFoundError, StaleAccountError
 */
export function requireAccountBelow(tx: Tx, actor: Actor, accountId: number, version?: number): Account {
	const account = requireAccount(tx, actor, accountId);
	if (account.id === actor.account.id) throw new AccountNotFoundError(`account ${accountId} is the actor's own`);
	requireVersion(account, version);
	return account;
}

/** @throws StaleAccountError */
export function requireVersion(account: Pick<Account, "version">, version: number | undefined): void {
	if (version !== undefined && version !== account.version) throw new StaleAccountError(account.version);
}

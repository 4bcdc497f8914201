import type { Actor } from "#app/modules/access/actor.ts";
import { IN_SCOPE, scopeOf } from "#app/modules/access/scope.ts";
import { normaliseLogin } from "#app/modules/access/sign-in.schema.ts";
import type { Tx } from "#db/tx.ts";
import { AccountsUnknownError } from "./team.errors.ts";

/**
 * The accounts of the actor's scope that somebody has listed by id or by their owner's login.
 *
 * @throws AccountsUnknownError naming those that are not there, or not for this actor.
 */
export function findOnlyAccounts(tx: Tx, actor: Actor, words: readonly string[]): number[] {
	const scope = scopeOf(actor);
	const find = tx.sql<{ id: number }>(
		`SELECT a.id FROM accounts a WHERE (a.id = @id OR a.owner_login = @login) AND a.state <> 'closed' AND ${IN_SCOPE}
		ORDER BY a.id = @id DESC LIMIT 1`,
	);
	const unknown: string[] = [];
	const ids = new Set<number>();
	for (const word of words) {
		const login = normaliseLogin(word);
		const id = /^\d{1,15}$/.test(login) ? Number(login) : -1;
		const found = find.get({ id, login, scope });
		if (found) ids.add(found.id);
		else unknown.push(word);
	}
	if (unknown.length > 0) throw new AccountsUnknownError(unknown);
	return [...ids];
}

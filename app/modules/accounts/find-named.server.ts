import { sortKey } from "#app/lib/sort-key.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { IN_SCOPE, scopeOf } from "#app/modules/access/scope.ts";
import type { Tx } from "#db/tx.ts";

/** Ids of the accounts below the actor's own that have exactly this name, whatever its case; the closed left out; two at most. */
export function findNamed(tx: Tx, actor: Actor, name: string): number[] {
	requireRight(actor, "accounts.read");
	return tx
		.sql(
			`SELECT a.id FROM accounts a INDEXED BY accounts_name
			  WHERE a.name_key = @key AND a.id <> @own AND a.state <> 'closed' AND ${IN_SCOPE} LIMIT 2`,
		)
		.pluck()
		.all({ key: sortKey(name), own: actor.account.id, scope: scopeOf(actor) }) as number[];
}

import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { IN_SCOPE, scopeOf } from "#app/modules/access/scope.ts";
import { normaliseLogin } from "#app/modules/access/sign-in.schema.ts";
import type { Tx } from "#db/tx.ts";

export interface FoundAccount {
	id: number;
	kind: Actor["account"]["kind"];
	name: string;
	path: string;
	state: "active" | "blocked" | "closed";
	branchSize: number;
}

/**
 * The account of the actor's scope that has exactly this id, or to whose people exactly this login belongs (an owner's or an
 * employee's); undefined where there is none, or none in the scope.
 */
export function findAccount(tx: Tx, actor: Actor, typed: string): FoundAccount | undefined {
	requireRight(actor, "accounts.read");
	const id = /^\d{1,15}$/.test(typed.trim()) ? Number(typed) : null;
	// A login may be made of digits as well; the id is looked for first.
	return (id === null ? undefined : inScope(tx, actor, id)) ?? inScope(tx, actor, accountOfLogin(tx, typed));
}

function inScope(tx: Tx, actor: Actor, id: number | undefined): FoundAccount | undefined {
	return tx
		.sql<FoundAccount>(
			`SELECT a.id, a.kind, a.name, a.path, a.state, a.branch_size AS branchSize FROM accounts a
			WHERE a.id = @id AND ${IN_SCOPE}`,
		)
		.get({ id: id ?? null, scope: scopeOf(actor) });
}

function accountOfLogin(tx: Tx, typed: string): number | undefined {
	const row = tx.sql<{ id: number }>("SELECT account_id AS id FROM users WHERE login = ?").get(normaliseLogin(typed));
	return row?.id;
}

import type { Actor } from "#app/modules/access/actor.ts";
import { findAccount } from "#app/modules/accounts/find-account.server.ts";
import { findNamed } from "#app/modules/accounts/find-named.server.ts";
import { requireAccount } from "#app/modules/accounts/require-account.server.ts";
import type { Tx } from "#db/tx.ts";

/** Whom somebody means who typed an id, a login or a name; or the i18n key of why that says nobody. */
export type Payee = { account: { id: number; name: string; login: string } } | { issue: string };

/**
 * The account below the actor's own that is meant: by its id or a login of its people, else by its name, where only one has it. Of what is
 * elsewhere the same is said as of what there is not.
 *
 * @throws Response 403
 */
export function findPayee(tx: Tx, actor: Actor, typed: string): Payee {
	const exact = findAccount(tx, actor, typed);
	const named = exact && exact.id !== actor.account.id ? [exact.id] : findNamed(tx, actor, typed);
	if (named.length > 1) return { issue: "money:error.whom_ambiguous" };
	if (named.length === 0) return { issue: "money:error.whom_unknown" };
	const { id, name, ownerLogin, state } = requireAccount(tx, actor, named[0]!);
	return state === "closed" ? { issue: "money:error.whom_closed" } : { account: { id, name, login: ownerLogin } };
}

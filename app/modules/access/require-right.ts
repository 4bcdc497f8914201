import type { AccountKind, Actor } from "./actor.ts";
import type { Right } from "./rights.ts";
import { isInScope } from "./scope.ts";

export function hasRight(actor: Pick<Actor, "rights">, right: Right): boolean {
	return actor.rights.has(right);
}

/**
 * Called by every module function that needs a right, before it looks anything up: the answer must not tell whether the thing
 * exists.
 *
 * @throws Response 403
 */
export function requireRight(actor: Actor, right: Right): void {
	if (!hasRight(actor, right)) throw new Response(null, { status: 403 });
}

/** The same where any of several rights will do. */
export function requireAnyRight(actor: Actor, ...rights: Right[]): void {
	if (!rights.some((right) => hasRight(actor, right))) throw new Response(null, { status: 403 });
}

/** Whether the actor's own account lies in its scope; not for an employee who is limited to accounts below it. */
export function reachesOwnAccount(actor: Pick<Actor, "account" | "branches">): boolean {
	return isInScope(actor, actor.account.path);
}

/**
 * For what is done only in the own account, such as sending.
 *
 * @throws Response 403, also for whoever may not reach the own account.
 */
export function requireOwnRight(actor: Actor, right: Right): void {
	requireRight(actor, right);
	if (!reachesOwnAccount(actor)) throw new Response(null, { status: 403 });
}

/**
 * For what belongs to a person alone (password, second factor, sessions, keys): nobody who has entered the cabinet from
 * outside does it.
 *
 * @throws Response 403
 */
export function requireSelf(actor: Actor): void {
	if (actor.behindUserId !== null) throw new Response(null, { status: 403 });
}

/** @throws Response 403 for people of accounts of any other kind. */
export function requireKind(actor: Actor, kind: AccountKind): void {
	if (actor.account.kind !== kind) throw new Response(null, { status: 403 });
}

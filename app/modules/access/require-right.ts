import type { AccountKind, Actor } from "./actor.ts";
import type { Right } from "./rights.ts";

export function hasRight(actor: Actor, right: Right): boolean {
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

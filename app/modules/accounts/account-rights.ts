import type { AccountKind, Actor } from "#app/modules/access/actor.ts";
import { ALL_RIGHTS, RIGHTS, type Right, readRights, rightsAlong } from "#app/modules/access/rights.ts";

/** What an account of this kind could be left with by this actor: nobody gives what it lacks. */
export function grantableTo(actor: Pick<Actor, "rights">, kind: AccountKind): Right[] {
	const ceiling = rightsAlong([{ kind, grants: null }]);
	return RIGHTS.filter((right) => actor.rights.has(right) && ceiling.has(right));
}

/**
 * The grants that a choice makes of those before. What the actor could not choose stays as it was: what it lacks itself, and what only
 * a dealer has while the account is a client.
 *
 * @returns as stored: a JSON list, or null for no limit.
 */
export function chosenGrants(
	before: string | null,
	grantable: readonly Right[],
	chosen: readonly string[],
): string | null {
	const was = readRights(before);
	const now = RIGHTS.filter((right) => (grantable.includes(right) ? chosen.includes(right) : was.has(right)));
	// A right that is added to the product later is for whoever was never limited.
	return now.length === ALL_RIGHTS.size ? null : JSON.stringify(now);
}

import type { Actor } from "#app/modules/access/actor.ts";
import { IN_SCOPE, scopeOf } from "#app/modules/access/scope.ts";

/**
 * The condition that the actor may read a campaign `c` of an account `a`: the account lies in its scope, or it stood below the
 * actor's account, and in its branches, when the campaign was started, wherever both have been moved since (branch_path names every
 * account that was above it then). Looks at single rows only: no index serves it. Give the statement `...campaignScopeOf(actor)`.
 */
export const CAMPAIGN_IN_SCOPE = `(${IN_SCOPE} OR instr(c.branch_path, @own) > 0
	AND EXISTS (SELECT 1 FROM json_each(@tops) t WHERE instr(c.branch_path, t.value) > 0))`;

export function campaignScopeOf(actor: Pick<Actor, "account" | "branches">): {
	scope: string;
	own: string;
	tops: string;
} {
	return {
		scope: scopeOf(actor),
		own: `/${actor.account.id}/`,
		tops: JSON.stringify(actor.branches.map((branch) => `/${branch.split("/").at(-2)}/`)),
	};
}

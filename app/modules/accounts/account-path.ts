import type { Actor } from "#app/modules/access/actor.ts";

/** Where an account is in the actor's cabinet: "/dealer/accounts/12/edit". */
export function accountPath(actor: Actor, accountId: number | string | undefined, below = ""): string {
	return `/${actor.account.kind}/accounts/${accountId}${below && `/${below}`}`;
}

import type { Actor } from "#app/modules/access/actor.ts";
import { branchStanding } from "#app/modules/access/branch-standing.server.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { readRights } from "#app/modules/access/rights.ts";
import type { Tx } from "#db/tx.ts";
import { AccountStateError } from "./account.errors.ts";
import { grantableTo } from "./account-rights.ts";
import { requireAccountBelow } from "./require-account.server.ts";

/**
 * What the page of an account's rights shows: `grantable` has boxes, `checked` are ticked; `lost` of them does nothing now, because an
 * account between the actor and this one has been left without it.
 *
 * @throws Response 403; AccountNotFoundError, AccountStateError where it is closed
 */
export function getRightsPage(tx: Tx, actor: Actor, accountId: number) {
	requireRight(actor, "accounts.update");
	const { id, name, kind, state, version, grants, path } = requireAccountBelow(tx, actor, accountId);
	if (state === "closed") throw new AccountStateError("closed");
	const granted = readRights(grants);
	const grantable = grantableTo(actor, kind);
	const checked = grantable.filter((right) => granted.has(right));
	const { rights } = branchStanding(tx, path);
	return { id, name, kind, version, grantable, checked, lost: checked.filter((right) => !rights.has(right)) };
}

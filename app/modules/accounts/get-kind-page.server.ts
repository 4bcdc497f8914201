import type { Actor } from "#app/modules/access/actor.ts";
import { branchStanding } from "#app/modules/access/branch-standing.server.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import type { Tx } from "#db/tx.ts";
import { AccountStateError } from "./account.errors.ts";
import { hasOpenBranch } from "./lower-account.server.ts";
import { requireAccountBelow } from "./require-account.server.ts";

/**
 * What the page that raises or lowers an account shows. `obstacle`: an i18n key of why it cannot be done now.
 *
 * @throws Response 403; AccountNotFoundError, AccountStateError
 */
export function getKindPage(tx: Tx, actor: Actor, accountId: number) {
	requireRight(actor, "accounts.update");
	const { id, name, kind, state, version, path } = requireAccountBelow(tx, actor, accountId);
	if (state === "closed") throw new AccountStateError("closed");
	const isBlocked = !branchStanding(tx, path).isActive;
	const obstacle =
		kind === "client"
			? isBlocked && "accounts:error.is_blocked"
			: hasOpenBranch(tx, path) && "accounts:error.has_branch";
	return { id, name, kind, version, obstacle: obstacle || null };
}

import type { Actor } from "#app/modules/access/actor.ts";
import { branchStanding } from "#app/modules/access/branch-standing.server.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { isInScope } from "#app/modules/access/scope.ts";
import { requireAccountBelow } from "#app/modules/accounts/require-account.server.ts";
import { localOf } from "#app/modules/campaigns/local-time.ts";
import type { Tx } from "#db/tx.ts";
import { DAYS_MAX } from "./block.schema.ts";
import type { Block } from "./block.ts";
import { findBlock, mayChangeBlock } from "./find-block.server.ts";

/**
 * All that the page of blocking and unblocking shows.
 *
 * @throws Response 403; AccountNotFoundError, also for the own account.
 */
export function getBlockPage(tx: Tx, actor: Actor, accountId: number) {
	requireRight(actor, "accounts.update");
	const { id, name, version, state, path } = requireAccountBelow(tx, actor, accountId);
	const now = Date.now();
	const block = findBlock(tx, accountId, now);
	const size = tx.sql<{ branchSize: number }>("SELECT branch_size AS branchSize FROM accounts WHERE id = ?").get(id)!;
	const { timeZone } = actor.account;
	return {
		account: { id, name, version, isClosed: state === "closed" },
		below: size.branchSize - 1,
		block: block && {
			...block,
			...(block.untilUtc !== null && localOf(block.untilUtc, timeZone)),
			by: setterOf(tx, actor, block),
			mayChange: mayChangeBlock(tx, actor, path, block),
		},
		isStoppedAbove: !branchStanding(tx, path.replace(/\d+\/$/, ""), now).isActive,
		timeZone,
		minDate: localOf(now, timeZone).date,
		maxDate: localOf(now + DAYS_MAX * 86_400_000, timeZone).date,
	};
}

/** Who set the block, by name where the actor may know it; null for anybody above. */
function setterOf(tx: Tx, actor: Actor, { byAccountId }: Block): string | null {
	const setter = tx
		.sql<{ name: string; path: string }>("SELECT name, path FROM accounts WHERE id = ?")
		.get(byAccountId ?? 0);
	if (!setter) return null;
	return byAccountId === actor.account.id || isInScope(actor, setter.path) ? setter.name : null;
}

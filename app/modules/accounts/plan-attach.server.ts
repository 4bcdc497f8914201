import type { Actor } from "#app/modules/access/actor.ts";
import { branchStanding } from "#app/modules/access/branch-standing.server.ts";
import { requireKind, requireRight } from "#app/modules/access/require-right.ts";
import { branchRange } from "#app/modules/access/scope.ts";
import type { Tx } from "#db/tx.ts";
import { AttachRefusedError } from "./attach.errors.ts";
import { type FoundAccount, findAccount } from "./find-account.server.ts";
import { DEPTH_MAX, depthOf, idsOf } from "./insert-account.server.ts";
import { type Account, requireAccountBelow } from "./require-account.server.ts";

/** What moving an account with its branch would do. */
export interface AttachPlan {
	account: Account;
	/** Accounts that move: the account and everything below it, closed ones included. */
	branchSize: number;
	/** The account above it now. */
	from: { id: number; name: string };
	to: FoundAccount;
	/** Moved there, the branch is blocked with what it stands below. */
	isBlockedThere: boolean;
}

/**
 * Finds out whether the admin may move an account, with its branch, below the one that has exactly this id or login.
 *
 * @throws Response 403, AccountNotFoundError, StaleAccountError, AttachRefusedError
 */
export function planAttach(tx: Tx, actor: Actor, accountId: number, target: string, version?: number): AttachPlan {
	requireKind(actor, "admin");
	requireRight(actor, "accounts.update");
	const account = requireAccountBelow(tx, actor, accountId, version);
	const to = findAccount(tx, actor, target);
	if (!to) throw new AttachRefusedError("no_target");
	refuseUnfit(account, to);
	const standing = branchStanding(tx, to.path);
	if (hasClosed(tx, to.path)) throw new AttachRefusedError("below_closed");
	if (isTooDeep(tx, account.path, depthOf(to.path) + 1)) throw new AttachRefusedError("too_deep");
	const { branchSize } = findAccount(tx, actor, String(account.id))!;
	return { account, branchSize, from: accountAbove(tx, account), to, isBlockedThere: !standing.isActive };
}

/** The account directly above one that the actor has in its scope and that is not the root; shown to the admin only. */
export function accountAbove(tx: Tx, account: Pick<Account, "parentId">): { id: number; name: string } {
	const above = "SELECT id, name FROM accounts WHERE id = ?";
	return tx.sql<{ id: number; name: string }>(above).get(account.parentId)!;
}

function refuseUnfit(account: Account, to: FoundAccount): void {
	if (account.state === "closed") throw new AttachRefusedError("closed");
	if (to.id === account.id) throw new AttachRefusedError("itself");
	if (to.path.startsWith(account.path)) throw new AttachRefusedError("own_branch");
	if (to.id === account.parentId) throw new AttachRefusedError("already_there");
	if (to.kind === "client") throw new AttachRefusedError("below_client");
}

function hasClosed(tx: Tx, path: string): boolean {
	const closed = "SELECT 1 FROM accounts a WHERE a.id IN (SELECT value FROM json_each(?)) AND a.state = 'closed'";
	return tx.sql(closed).get(JSON.stringify(idsOf(path))) !== undefined;
}

/** Whether the deepest of a branch would lie too deep with its top at `topDepth`. */
function isTooDeep(tx: Tx, path: string, topDepth: number): boolean {
	const deeper = topDepth - depthOf(path);
	// What does not sink, and what could not be too deep even with the deepest branch that there can be, need not be looked at.
	if (deeper <= 0) return false;
	const [from, to] = branchRange(path);
	return (
		tx
			.sql(
				`SELECT 1 FROM accounts a WHERE a.path >= @from AND a.path < @to
					AND length(a.path) - length(replace(a.path, '/', '')) - 1 > @deepest LIMIT 1`,
			)
			.get({ from, to, deepest: DEPTH_MAX - deeper }) !== undefined
	);
}

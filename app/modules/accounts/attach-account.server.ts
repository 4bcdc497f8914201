import type { Actor } from "#app/modules/access/actor.ts";
import { branchRange } from "#app/modules/access/scope.ts";
import { type AuditDetail, writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { findMoveLosses } from "#app/modules/pricing/find-move-losses.server.ts";
import { guardLosses } from "#app/modules/pricing/guard-losses.server.ts";
import type { Tx } from "#db/tx.ts";
import { putOutbox } from "#jobs/outbox.ts";
import { growBranches, idsOf } from "./insert-account.server.ts";
import { stayBegan } from "./path-history.server.ts";
import { type AttachPlan, planAttach } from "./plan-attach.server.ts";

export interface AttachInput {
	/** Exact id or login of the account to move it below. */
	target: string;
	/** What the page showed. */
	version: number;
	/** `hash` of the losses that it showed and that are meant; undefined: none are. */
	losses?: string;
}

/**
 * Moves a client, or a dealer with its whole branch, below another dealer or the root. Sessions and running campaigns go on; rights,
 * blocks and whoever is inside by impersonation follow from the new place at once. What was sent stays with those it was sent below
 * (docs/decisions/055).
 *
 * @throws Response 403 for all but the admin; AccountNotFoundError, StaleAccountError, AttachRefusedError, LossesError where somebody would sell
 * below cost by it and that was not meant, StalePricesError: nothing is changed then.
 */
export async function attachAccount(actor: Actor, accountId: number, input: AttachInput): Promise<void> {
	await guardLosses({
		look: (tx) => planAttach(tx, actor, accountId, input.target, input.version),
		find: ({ account, to }) => findMoveLosses(account, to),
		meant: input.losses,
		commit: (tx, plan, { losses }) => attach(tx, actor, plan, losses.length > 0),
	});
}

function attach(tx: Tx, actor: Actor, plan: AttachPlan, atLoss: boolean): void {
	const { account, branchSize, to, isBlockedThere } = plan;
	const above = account.path.slice(0, -`${account.id}/`.length);
	const path = `${to.path}${account.id}/`;
	keepStays(tx, plan, above);
	movePaths(tx, account.path, path);
	tx.sql("UPDATE accounts SET parent_id = ?, version = version + 1 WHERE id = ?").run(to.id, account.id);
	growBranches(tx, above, -branchSize);
	growBranches(tx, to.path, branchSize);
	if (isBlockedThere) putOutbox(tx, { accountId: account.id, task: "halt-blocked", payload: {} });
	tell(tx, actor, plan, { path, atLoss });
}

/** One statement for the whole branch. No two paths can meet on the way: each ends with its row's own id. */
function movePaths(tx: Tx, path: string, newPath: string): void {
	const [from, to] = branchRange(path);
	tx.sql("UPDATE accounts SET path = ? || substr(path, ?) WHERE path >= ? AND path < ?").run(
		newPath,
		path.length + 1,
		from,
		to,
	);
}

/** Both sides read of the move; neither is told of the other, which only those above both know. */
function tell(
	tx: Tx,
	actor: Actor,
	{ account, from, to, branchSize }: AttachPlan,
	{ path, atLoss }: { path: string; atLoss: boolean },
): void {
	const [before, after] = [idsOf(account.path), idsOf(path)];
	const isAboveBoth = (id: number) => id !== account.id && before.includes(id) && after.includes(id);
	const sides: { ids: number[]; detail: AuditDetail }[] = [
		{ ids: before.filter(isAboveBoth), detail: { from: from.name, to: to.name, ...(atLoss && { atLoss }) } },
		{ ids: before.filter((id) => !after.includes(id)), detail: { from: from.name } },
		{ ids: after.filter((id) => !isAboveBoth(id)), detail: { to: to.name } },
	];
	for (const { ids, detail } of sides.filter((side) => side.ids.length > 0))
		writeAudit(
			tx,
			actor,
			"account.attach",
			`account:${account.id}`,
			{ ...detail, accounts: branchSize },
			`/${ids.join("/")}/`,
		);
}

/** For the account directly above, and for every other that the branch leaves: when it stood below it, and where. */
function keepStays(tx: Tx, { account, to }: AttachPlan, above: string): void {
	const staysBelow = new Set([...idsOf(to.path)]);
	const left = idsOf(above).filter((id) => id === account.parentId || !staysBelow.has(id));
	const insert = tx.sql(
		"INSERT INTO account_stays (account_id, moved_account_id, path, from_utc, until_utc) VALUES (?, ?, ?, ?, ?)",
	);
	const now = Date.now();
	// All are computed before the first is written: a stay of this very move is none that has ended.
	const rows = left.map((id) => [id, account.id, account.path, stayBegan(tx, account, id), now]);
	for (const row of rows) insert.run(...row);
}

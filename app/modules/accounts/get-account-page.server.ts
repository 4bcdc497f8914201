import type { AccountKind, Actor } from "#app/modules/access/actor.ts";
import { type BranchStanding, branchStanding } from "#app/modules/access/branch-standing.server.ts";
import { hasRight, requireRight } from "#app/modules/access/require-right.ts";
import { IN_SCOPE, scopeOf } from "#app/modules/access/scope.ts";
import type { CampaignState } from "#app/modules/campaigns/campaign.ts";
import type { Tx } from "#db/tx.ts";
import { readContacts } from "./account-contacts.server.ts";
import { deedsOn } from "./account-deeds.ts";
import { type Account, requireAccount } from "./require-account.server.ts";

/** Of everything that an account's page only gives a look at; whole lists have pages of their own. */
const A_FEW = 5;
/** There are a handful, and a page must not grow with them. */
const SHOWN_AT_MOST = 50;

export type AccountPage = ReturnType<typeof getAccountPage>;

/**
 * All that an account's page shows.
 *
 * @throws Response 403; AccountNotFoundError
 */
export function getAccountPage(tx: Tx, actor: Actor, accountId: number) {
	requireRight(actor, "accounts.read");
	const { grants: _, note, ...account } = requireAccount(tx, actor, accountId);
	const isOwn = account.id === actor.account.id;
	const standing = branchStanding(tx, account.path);
	const state = stateOf(account, standing);
	return {
		account: {
			...account,
			...times(tx, accountId),
			...state,
			// What those above have written down is not for the account itself.
			note: isOwn ? "" : note,
		},
		isOwn,
		deeds: deedsFor(actor, { ...account, ...state, rights: standing.rights }, isOwn),
		above: accountsAbove(tx, actor, account.path),
		contacts: readContacts(tx, accountId),
		senders: senders(tx, accountId),
		people: people(tx, accountId),
		below: accountsBelow(tx, actor, accountId),
		campaigns: hasRight(actor, "campaigns.read") ? newestCampaigns(tx, accountId) : null,
	};
}

/** Nothing is done from above to the own account; the root has nobody above it, and keeps its own facts and names. */
function deedsFor(actor: Actor, account: Parameters<typeof deedsOn>[1] & Pick<Account, "parentId">, isOwn: boolean) {
	const deeds = deedsOn(actor, account);
	if (!isOwn) return deeds;
	return deeds.filter((deed) => account.parentId === null && (deed === "edit" || deed === "senders"));
}

function times(tx: Tx, accountId: number) {
	return tx
		.sql<{ createdAtUtc: number; lastActiveAtUtc: number | null; blockedUntilUtc: number | null; blockReason: string }>(
			`SELECT created_at_utc AS createdAtUtc, last_active_at_utc AS lastActiveAtUtc, blocked_until_utc AS blockedUntilUtc,
				coalesce(block_reason, '') AS blockReason
			FROM accounts WHERE id = ?`,
		)
		.get(accountId)!;
}

/** A block whose end has come is none; `isBlockedAbove`: the account itself is well, and one above it is not. */
function stateOf({ id, state }: { id: number; state: "active" | "blocked" | "closed" }, standing: BranchStanding) {
	const isOver = state === "blocked" && standing.isActive;
	const now = isOver ? ("active" as const) : state;
	return { state: now, isBlockedAbove: now === "active" && !standing.isActive && standing.block?.accountId !== id };
}

/** The accounts above, as far as the actor may see them, from the uppermost down. */
function accountsAbove(tx: Tx, actor: Actor, path: string): { id: number; name: string }[] {
	const ids = path.split("/").filter(Boolean).map(Number).slice(0, -1);
	return tx
		.sql<{ id: number; name: string }>(
			`SELECT a.id, a.name FROM json_each(@ids) i JOIN accounts a ON a.id = i.value WHERE ${IN_SCOPE} ORDER BY i.key`,
		)
		.all({ ids: JSON.stringify(ids), scope: scopeOf(actor) });
}

function senders(tx: Tx, accountId: number): { channel: string; name: string }[] {
	return tx
		.sql<{ channel: string; name: string }>(
			"SELECT channel, name FROM senders WHERE account_id = ? ORDER BY channel, name LIMIT ?",
		)
		.all(accountId, SHOWN_AT_MOST);
}

function people(tx: Tx, accountId: number): { login: string; name: string; role: "owner" | "employee" }[] {
	return tx
		.sql<{ login: string; name: string; role: "owner" | "employee" }>(
			"SELECT login, name, role FROM users WHERE account_id = ? ORDER BY role DESC, login LIMIT ?",
		)
		.all(accountId, SHOWN_AT_MOST);
}

export interface AccountBelow {
	id: number;
	kind: AccountKind;
	name: string;
	state: "active" | "blocked" | "closed";
	branchSize: number;
}

function accountsBelow(tx: Tx, actor: Actor, accountId: number): { few: AccountBelow[]; hasMore: boolean } {
	const rows = tx
		.sql<AccountBelow>(
			`SELECT a.id, a.kind, a.name, a.state, a.branch_size AS branchSize FROM accounts a
			WHERE a.parent_id = @id AND ${IN_SCOPE} ORDER BY a.id DESC LIMIT ${A_FEW + 1}`,
		)
		.all({ id: accountId, scope: scopeOf(actor) });
	return { few: rows.slice(0, A_FEW), hasMore: rows.length > A_FEW };
}

export interface AccountsCampaign {
	id: number;
	name: string;
	state: CampaignState;
	createdAtUtc: number;
	messageCount: number;
	delivered: number;
	read: number;
}

function newestCampaigns(tx: Tx, accountId: number): AccountsCampaign[] {
	return tx
		.sql<AccountsCampaign>(
			`SELECT c.id, c.name, c.state, c.created_at_utc AS createdAtUtc, c.message_count AS messageCount,
				n.delivered + n.read AS delivered, n.read
			FROM campaigns c JOIN campaign_counters n ON n.campaign_id = c.id AND n.account_id = c.account_id
			WHERE c.account_id = ? AND c.fallback_of IS NULL ORDER BY c.id DESC LIMIT ${A_FEW}`,
		)
		.all(accountId);
}

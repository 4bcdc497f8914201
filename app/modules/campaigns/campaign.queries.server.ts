import { type CauseKey, causeKeyOf } from "#app/channels/causes.ts";
import type { ChannelName } from "#app/channels/channel.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { IN_SCOPE, scopeOf } from "#app/modules/access/scope.ts";
import { AccountNotFoundError } from "#app/modules/accounts/account.errors.ts";
import type { Tx } from "#db/tx.ts";
import { CampaignNotFoundError } from "./campaign.errors.ts";
import type { Campaign, CampaignState, Counters } from "./campaign.ts";
import { CAMPAIGN_COLUMNS } from "./campaign-columns.ts";
import { CAMPAIGN_IN_SCOPE, campaignScopeOf } from "./campaign-scope.ts";
import { COUNTER_COLUMNS } from "./counter-columns.ts";

export const CAMPAIGNS_A_PAGE = 50;

export type ListedCampaign = Pick<
	Campaign,
	"id" | "name" | "channel" | "sender" | "state" | "startAtUtc" | "createdAtUtc" | "startedAtUtc" | "messageCount"
> &
	Counters & {
		/** Of its second leg; null without one. */
		secondChannel: ChannelName | null;
		/** People who got that one and not the first. */
		secondReached: number | null;
	};

/** What a list shows of each `campaigns c` with its `campaign_counters n`, and the joins that it needs. */
export const LISTED_COLUMNS = `c.id, c.name, c.channel, c.sender, c.state, c.start_at_utc AS startAtUtc, c.created_at_utc AS createdAtUtc,
	c.started_at_utc AS startedAtUtc, c.message_count AS messageCount, ${COUNTER_COLUMNS}, second.channel AS secondChannel,
	secondly.delivered + secondly.read - f.both AS secondReached`;
export const LISTED_JOINS = `JOIN campaign_counters n ON n.campaign_id = c.id AND n.account_id = c.account_id
	LEFT JOIN fallbacks f ON f.campaign_id = c.id LEFT JOIN campaigns second ON second.id = f.second_id
	LEFT JOIN campaign_counters secondly ON secondly.campaign_id = f.second_id`;

/**
 * An account's campaigns, newest first: the actor's own account's, or those of `accountId` in its scope. `before`: the smallest id of
 * the page before.
 *
 * @throws AccountNotFoundError, also for the own account where the actor is limited to others.
 */
export function listCampaigns(
	tx: Tx,
	actor: Actor,
	filter: { accountId?: number; state?: CampaignState; before?: number },
): { campaigns: ListedCampaign[]; nextBefore: number | null } {
	requireRight(actor, "campaigns.read");
	const accountId = filter.accountId ?? actor.account.id;
	const account = tx
		.sql(`SELECT 1 FROM accounts a WHERE a.id = @id AND ${IN_SCOPE}`)
		.get({ id: accountId, scope: scopeOf(actor) });
	if (!account) throw new AccountNotFoundError(`no account ${accountId}`);
	const before = filter.before ?? Number.MAX_SAFE_INTEGER;
	const rows = filter.state
		? tx
				.sql<ListedCampaign>(
					`SELECT ${LISTED_COLUMNS} FROM campaigns c ${LISTED_JOINS} WHERE c.account_id = ? AND c.fallback_of IS NULL AND c.state = ? AND c.id < ? ORDER BY c.id DESC LIMIT ?`,
				)
				.all(accountId, filter.state, before, CAMPAIGNS_A_PAGE + 1)
		: tx
				.sql<ListedCampaign>(
					`SELECT ${LISTED_COLUMNS} FROM campaigns c ${LISTED_JOINS} WHERE c.account_id = ? AND c.fallback_of IS NULL AND c.id < ? ORDER BY c.id DESC LIMIT ?`,
				)
				.all(accountId, before, CAMPAIGNS_A_PAGE + 1);
	const campaigns = rows.slice(0, CAMPAIGNS_A_PAGE);
	return { campaigns, nextBefore: rows.length > CAMPAIGNS_A_PAGE ? campaigns.at(-1)!.id : null };
}

/**
 * A campaign in the actor's scope: the account's own, one of an account below it, or one that was started while its account stood
 * below it.
 *
 * @throws CampaignNotFoundError.
 */
export function getCampaign(tx: Tx, actor: Actor, campaignId: number): Campaign & { isOwn: boolean } {
	requireRight(actor, "campaigns.read");
	const campaign = tx
		.sql<Campaign>(
			`SELECT ${CAMPAIGN_COLUMNS} FROM campaigns c JOIN accounts a ON a.id = c.account_id
			  WHERE c.id = @id AND c.fallback_of IS NULL AND ${CAMPAIGN_IN_SCOPE}`,
		)
		.get({ id: campaignId, ...campaignScopeOf(actor) });
	if (!campaign) throw new CampaignNotFoundError(`no campaign ${campaignId}`);
	return { ...campaign, isOwn: campaign.accountId === actor.account.id };
}

/** What a live page shows, read each second: one row by key. */
export type Figures = Pick<Campaign, "id" | "accountId" | "state" | "version" | "cause"> & Counters;

/** @throws CampaignNotFoundError. */
export function getFigures(tx: Tx, actor: Actor, campaignId: number): Figures {
	requireRight(actor, "campaigns.read");
	const figures = tx
		.sql<Figures>(
			`SELECT c.id, c.account_id AS accountId, c.state, c.version, c.cause, ${COUNTER_COLUMNS}
			   FROM campaigns c JOIN accounts a ON a.id = c.account_id
			   JOIN campaign_counters n ON n.campaign_id = c.id AND n.account_id = c.account_id
			  WHERE c.id = @id AND c.fallback_of IS NULL AND ${CAMPAIGN_IN_SCOPE}`,
		)
		.get({ id: campaignId, ...campaignScopeOf(actor) });
	if (!figures) throw new CampaignNotFoundError(`no campaign ${campaignId}`);
	return figures;
}

/** Why messages of a campaign (from getCampaign: the scope is checked there) did not arrive, most first. */
export function listCauses(
	tx: Tx,
	campaign: Pick<Campaign, "id" | "accountId">,
): { cause: CauseKey; messages: number }[] {
	return tx
		.sql<{ cause: number; messages: number }>(
			`SELECT cause, messages FROM campaign_causes
			  WHERE campaign_id = ? AND account_id = ? AND messages > 0 ORDER BY messages DESC`,
		)
		.all(campaign.id, campaign.accountId)
		.map(({ cause, messages }) => ({ cause: causeKeyOf(cause), messages }));
}

import type { Actor } from "#app/modules/access/actor.ts";
import { isAccountActive } from "#app/modules/access/is-account-active.server.ts";
import type { Tx } from "#db/tx.ts";
import {
	AccountStoppedError,
	CampaignNotFoundError,
	StaleCampaignError,
	WrongCampaignStateError,
} from "./campaign.errors.ts";
import { type Campaign, type CampaignDeed, type CampaignState, deedsOf } from "./campaign.ts";
import { CAMPAIGN_COLUMNS } from "./campaign-columns.ts";

/** What the page showed whose button was pressed. */
export interface Seen {
	version: number;
	state: CampaignState;
}

const SYSTEM_STEPS: CampaignState[] = ["scheduled", "preparing", "sending"];

/** The campaign only went its way since the page was made (each step raises the version by one), and nobody changed it. */
function hasOnlyGoneOn(seen: Seen, now: Seen): boolean {
	const steps = SYSTEM_STEPS.indexOf(now.state) - SYSTEM_STEPS.indexOf(seen.state);
	const isOnItsWay = SYSTEM_STEPS.includes(now.state) && SYSTEM_STEPS.includes(seen.state);
	return isOnItsWay && steps >= 0 && now.version - seen.version === steps;
}

/**
 * The actor's own campaign, for doing something to it. What `seen` says must still hold; to pause or cancel it may also have gone
 * from scheduled or preparing to sending by itself, since that changes nothing about what pausing and cancelling mean.
 *
 * @throws CampaignNotFoundError, StaleCampaignError, WrongCampaignStateError, AccountStoppedError (to start or resume it).
 */
export function requireOwnCampaign(tx: Tx, actor: Actor, campaignId: number, deed: CampaignDeed, seen: Seen): Campaign {
	const campaign = tx
		.sql<Campaign>(
			`SELECT ${CAMPAIGN_COLUMNS} FROM campaigns c WHERE c.id = ? AND c.account_id = ? AND c.fallback_of IS NULL`,
		)
		.get(campaignId, actor.account.id);
	if (!campaign) throw new CampaignNotFoundError(`no campaign ${campaignId}`);
	const isTolerant = deed === "pause" || deed === "cancel";
	const isCurrent = campaign.version === seen.version || (isTolerant && hasOnlyGoneOn(seen, campaign));
	if (!isCurrent) throw new StaleCampaignError({ state: campaign.state, version: campaign.version });
	if (!deedsOf(campaign.state).includes(deed)) throw new WrongCampaignStateError(campaign.state);
	// Asked again in the transaction: the block may have come after the request was let in.
	const sends = deed === "start" || deed === "resume";
	if (sends && !isAccountActive(tx, campaign.accountId)) throw new AccountStoppedError();
	return campaign;
}

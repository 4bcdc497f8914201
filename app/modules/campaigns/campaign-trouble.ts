import { issue } from "#app/lib/issue.ts";
import { AccountNotFoundError } from "#app/modules/accounts/account.errors.ts";
import {
	BalanceShortError,
	CoverChangedError,
	DealerShortError,
	FeeUnpaidError,
	OwingError,
	PriceMissingError,
} from "#app/modules/charging/hold.errors.ts";
import { capIssue } from "#app/modules/limits/cap-issue.ts";
import { SpendCapError, WaitsForDealerError } from "#app/modules/limits/limits.errors.ts";
import {
	AccountStoppedError,
	AudienceNotReadyError,
	CampaignNotFoundError,
	EmptyAudienceError,
	SenderNotAllowedError,
	StaleCampaignError,
	StartPassedError,
	WrongCampaignStateError,
} from "./campaign.errors.ts";

export interface Trouble {
	issue: string;
	status: 409 | 422;
}

/**
 * What a page answers to a deed that failed.
 *
 * @throws Response 404 for a campaign that is not there for this actor; errors that are not the visitor's go on.
 */
export function campaignTrouble(error: unknown): Trouble {
	if (error instanceof CampaignNotFoundError) throw new Response(null, { status: 404 });
	if (error instanceof StaleCampaignError) return { issue: `campaigns:stale.${error.now.state}`, status: 409 };
	if (error instanceof WrongCampaignStateError) return { issue: `campaigns:stale.${error.state}`, status: 409 };
	if (error instanceof AccountStoppedError) return { issue: "blocks:error.account_stopped", status: 409 };
	if (error instanceof EmptyAudienceError) return { issue: "audiences:error.none_valid_short", status: 422 };
	if (error instanceof AudienceNotReadyError) return { issue: "audiences:error.not_ready", status: 422 };
	if (error instanceof StartPassedError) return { issue: "campaigns:error.start_passed", status: 422 };
	if (error instanceof SenderNotAllowedError)
		return { issue: issue("campaigns:error.sender_not_allowed", { name: error.message }), status: 422 };
	if (error instanceof BalanceShortError) return { issue: "charging:error.balance_short", status: 422 };
	if (error instanceof CoverChangedError)
		return { issue: issue("charging:error.cover_changed", { n: error.coveredPeople }), status: 409 };
	if (error instanceof OwingError) return { issue: "charging:error.owing", status: 422 };
	if (error instanceof FeeUnpaidError) return { issue: "fees:error.unpaid", status: 422 };
	if (error instanceof SpendCapError) return { issue: capIssue(error), status: 422 };
	if (error instanceof WaitsForDealerError) return { issue: "bounds:error.waits", status: 409 };
	if (error instanceof PriceMissingError) return { issue: "charging:error.price_missing", status: 422 };
	if (error instanceof DealerShortError) return { issue: "charging:error.dealer_short", status: 422 };
	throw error;
}

/** `read`'s answer, or 404 where the campaign, or the account whose campaigns were asked for, is not there for this actor. */
export function orNotFound<T>(read: () => T): T {
	try {
		return read();
	} catch (error) {
		if (error instanceof CampaignNotFoundError || error instanceof AccountNotFoundError)
			throw new Response(null, { status: 404 });
		throw error;
	}
}

import type { CampaignState } from "./campaign.ts";

/** The campaign does not exist, or not for this actor: the two are told apart by nobody. */
export class CampaignNotFoundError extends Error {
	override name = "CampaignNotFoundError";
}

/** Somebody or something changed the campaign after the page was made. Holds how it is now. */
export class StaleCampaignError extends Error {
	override name = "StaleCampaignError";
	readonly now: { state: CampaignState; version: number };
	constructor(now: { state: CampaignState; version: number }) {
		super(`the campaign is ${now.state}, version ${now.version}`);
		this.now = now;
	}
}

/** What was asked for cannot be done to a campaign in this state. */
export class WrongCampaignStateError extends Error {
	override name = "WrongCampaignStateError";
	readonly state: CampaignState;
	constructor(state: CampaignState) {
		super(`not possible while the campaign is ${state}`);
		this.state = state;
	}
}

/** The account, or one above it, is blocked or closed: nothing begins to be sent. */
export class AccountStoppedError extends Error {
	override name = "AccountStoppedError";
}

/** Nobody to send to: no valid number. */
export class EmptyAudienceError extends Error {
	override name = "EmptyAudienceError";
}

/** The audience is still being read, or could not be. */
export class AudienceNotReadyError extends Error {
	override name = "AudienceNotReadyError";
}

/** The moment that the campaign was to start at has passed while its draft lay. */
export class StartPassedError extends Error {
	override name = "StartPassedError";
}

/** The account may not write under this sender name. */
export class SenderNotAllowedError extends Error {
	override name = "SenderNotAllowedError";
}

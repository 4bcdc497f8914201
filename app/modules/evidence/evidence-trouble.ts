import { CampaignNotFoundError } from "#app/modules/campaigns/campaign.errors.ts";
import { CallbackNotFoundError, MessageNotFoundError } from "./evidence.errors.ts";

/** For `.catch` of a loader: 404 for what is not there for this actor; other errors go on. */
export function evidenceNotFound(error: unknown): never {
	if ([CampaignNotFoundError, MessageNotFoundError, CallbackNotFoundError].some((kind) => error instanceof kind))
		throw new Response(null, { status: 404 });
	throw error;
}

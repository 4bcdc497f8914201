import { RESULT } from "#app/modules/messages/result.ts";
import { pauseProvider } from "#jobs/wire/provider-pauses.ts";
import { haltCampaign } from "./halt-campaign.server.ts";
import type { BatchNews } from "./hand-over-batch.server.ts";
import type { Outcomes } from "./merge-outcomes.ts";
import { goBackTo, progressOf } from "./send-progress.ts";
import { notePause } from "./standing.server.ts";

/** Does what a batch's calls asked for: pause the provider, halt the campaign, come back to what was put back. */
export async function heedNews(
	of: { accountId: number; campaignId: number; providerId: number },
	{ firstMessageId, results, causes }: Outcomes,
	{ pauseMs, restMs, halt }: BatchNews,
): Promise<void> {
	const progress = progressOf(of.campaignId);
	progress.restMs = Math.max(progress.restMs, restMs);
	if (pauseMs > 0) {
		notePause(of.providerId, Date.now() + pauseMs);
		await pauseProvider(of.providerId, pauseMs);
		// Everybody was refused alike, so it says nothing about these messages: they are next in line again.
		goBackTo(of.campaignId, firstMessageId);
	}
	for (let i = 0; i < results.length; i++) {
		if (results[i] === RESULT.again && causes[i]) progress.putBackFor = causes[i]!;
	}
	if (halt) await haltCampaign(of, halt.cause);
}

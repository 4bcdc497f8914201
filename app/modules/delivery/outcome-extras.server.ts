import type { OutcomeExtras } from "#jobs/wire/record-outcomes.ts";
import type { ProviderLine } from "./line.server.ts";

/** How long after its outcomes a batch is asked about for the first time. */
const FIRST_ASK_MS = 10_000;

/** What the wire has to keep beside a batch's outcomes, by its provider's way of telling what becomes of messages. */
export function outcomeExtras(line: ProviderLine, of: { campaignId: number; attempt: number }): OutcomeExtras {
	const { adapter, settings, providerId } = line;
	const isPolled = adapter.ask !== undefined && !adapter.hasCallbacks(settings);
	return {
		...(adapter.namesOnlyItsOwnId(settings) && { ids: { providerId, attempt: of.attempt } }),
		...(isPolled && { poll: { providerId, campaignId: of.campaignId, askAtUtc: Date.now() + FIRST_ASK_MS } }),
	};
}

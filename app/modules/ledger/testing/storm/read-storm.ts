import type { Tier } from "#app/modules/charging/tiers.ts";
import { readBooks } from "#db/tx.ts";
import type { Entry } from "./journal.ts";
import type { CampaignFacts } from "./naive-replay.ts";

/** What the books say of a storm behind it: what was committed when, and what each campaign began with. */
export function readStorm(): { journal: Entry[]; facts: Map<number, CampaignFacts> } {
	return readBooks((tx) => {
		const journal = tx
			.sql<Entry>("SELECT op, began_at AS beganAt, committed_at AS committedAt FROM storm_journal ORDER BY seq")
			.all();
		const facts = new Map<number, { firstMessageId: number; tiers: Map<string, Tier[]> }>();
		for (const { id, firstMessageId } of tx
			.sql<{ id: number; firstMessageId: number | null }>(
				"SELECT id, first_message_id AS firstMessageId FROM campaigns",
			)
			.all())
			facts.set(id, { firstMessageId: firstMessageId ?? 0, tiers: new Map() });
		for (const { campaignId, country, tiers } of tx
			.sql<{ campaignId: number; country: string; tiers: string }>(
				"SELECT campaign_id AS campaignId, country, tiers FROM price_classes",
			)
			.all())
			facts.get(campaignId)!.tiers.set(country, JSON.parse(tiers) as Tier[]);
		return { journal, facts };
	});
}

import type { Tx } from "#db/tx.ts";

/**
 * Ids up to these were given away in a time that the books have lost: nobody gets them again, because providers, and the wire, know others
 * by them.
 */
export function passUsedIds(tx: Tx, used: { lastMessageId: number; lastCampaignId: number }): void {
	tx.sql(
		`INSERT INTO id_ranges (name, next_id) VALUES ('messages', 1 + @last)
		 ON CONFLICT (name) DO UPDATE SET next_id = max(next_id, excluded.next_id)`,
	).run({ last: used.lastMessageId });
	tx.sql("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'campaigns'").run(used.lastCampaignId);
	tx.sql(
		"INSERT INTO sqlite_sequence (name, seq) SELECT 'campaigns', ? WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'campaigns')",
	).run(used.lastCampaignId);
}

import { COUNTER_COLUMN, messageStateOf } from "#app/modules/messages/message-state.ts";
import { readBooks } from "#db/tx.ts";

/** A campaign's counters as the books keep them, and as counting its messages gives them; causes too. They must be equal. */
export function recount(campaignId: number): { kept: Record<string, number>; counted: Record<string, number> } {
	return readBooks((tx) => {
		const range = tx
			.sql<{ first: number | null; count: number }>(
				"SELECT first_message_id AS first, message_count AS count FROM campaigns WHERE id = ?",
			)
			.get(campaignId)!;
		const counters = tx
			.sql<Record<string, number>>("SELECT * FROM campaign_counters WHERE campaign_id = ?")
			.get(campaignId)!;
		const kept: Record<string, number> = {};
		const counted: Record<string, number> = {};
		for (const [rank, column] of Object.entries(COUNTER_COLUMN)) {
			kept[messageStateOf(Number(rank))] = counters[column]!;
			counted[messageStateOf(Number(rank))] = 0;
		}
		for (const row of tx
			.sql<{ cause: number; messages: number }>(
				"SELECT cause, messages FROM campaign_causes WHERE campaign_id = ? AND messages <> 0",
			)
			.all(campaignId)) {
			kept[`cause ${row.cause}`] = row.messages;
		}
		const first = range.first ?? 0;
		const rows = tx
			.sql<{ state: number; cause: number | null; count: number }>(
				"SELECT state, cause, count(*) AS count FROM message_states WHERE id >= ? AND id < ? GROUP BY state, cause",
			)
			.all(first, first + range.count);
		for (const row of rows) {
			counted[messageStateOf(row.state)]! += row.count;
			if (row.cause !== null) {
				const key = `cause ${row.cause}`;
				counted[key] = (counted[key] ?? 0) + row.count;
			}
		}
		return { kept, counted };
	});
}

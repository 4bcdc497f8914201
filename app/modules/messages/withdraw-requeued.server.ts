import type { Tx } from "#db/tx.ts";
import type { CampaignRange, CounterDeltas } from "./counter-deltas.server.ts";
import { countMeetings } from "./meet-legs.server.ts";
import { MESSAGE_STATE } from "./message-state.ts";

const QUEUED = { state: MESSAGE_STATE.queued, cause: null };
const CANCELLED = { state: MESSAGE_STATE.cancelled, cause: null };

/**
 * Among messages firstId … lastId, which have just been queued again: a second leg's whose first was delivered meanwhile (it was
 * counted as late success, and is none), and a first leg's whose second has been given out meanwhile. Neither goes any more: with the
 * other one their people would get both.
 */
export function withdrawRequeued(
	tx: Tx,
	campaign: CampaignRange,
	firstId: number,
	lastId: number,
	deltas: CounterDeltas,
): void {
	if (campaign.secondId !== null) {
		const { changes } = tx
			.sql(
				`UPDATE message_states SET state = ${MESSAGE_STATE.cancelled}
				  WHERE id BETWEEN ? AND ? AND state = 0 AND fallback_id IS NOT NULL`,
			)
			.run(firstId, lastId);
		deltas.move(campaign, QUEUED, CANCELLED, changes);
		if (changes > 0) deltas.meetCharges(campaign, firstId, lastId, MESSAGE_STATE.cancelled);
	}
	if (campaign.fallbackOf !== null) {
		const { changes } = tx
			.sql(
				`UPDATE message_states SET state = ${MESSAGE_STATE.cancelled} FROM messages m JOIN message_states a ON a.id = m.first_leg_id
				  WHERE message_states.id BETWEEN ? AND ? AND message_states.state = 0 AND m.id = message_states.id
				    AND a.state >= ${MESSAGE_STATE.delivered}`,
			)
			.run(firstId, lastId);
		deltas.move(campaign, QUEUED, CANCELLED, changes);
		const first = { campaignId: campaign.fallbackOf, accountId: campaign.accountId };
		countMeetings(tx, first, { late: -changes, both: 0 });
	}
}

import { CAUSES } from "#app/channels/causes.ts";
import { CHARGE } from "#app/modules/charging/charge.ts";
import type { Tx } from "#db/tx.ts";
import type { CounterDeltas } from "./counter-deltas.server.ts";
import { MESSAGE_STATE } from "./message-state.ts";

const SHORT = { state: MESSAGE_STATE.rejected, cause: CAUSES.balance_short };

/**
 * Gives messages firstId … lastId, which have just been made, their price class where they are queued: each takes one of those that were
 * held for its country when the campaign began. For whom nothing is held, because the balance did not cover them, or they came after, is
 * rejected: nobody is written to for nothing. Nothing for a campaign that costs nothing.
 */
export function holdSlice(
	tx: Tx,
	of: { accountId: number; campaignId: number },
	firstId: number,
	lastId: number,
	deltas: CounterDeltas,
): void {
	const isPriced = tx.sql("SELECT 1 FROM price_classes WHERE campaign_id = ? AND account_id = ? LIMIT 1");
	if (!isPriced.get(of.campaignId, of.accountId)) return;
	tx.sql(
		`UPDATE message_states SET price_class = p.class, charge = ${CHARGE.held} FROM (
		   SELECT m.id, k.class, k.awaited, row_number() OVER (PARTITION BY k.class ORDER BY m.id) AS place
		     FROM messages m JOIN message_states s ON s.id = m.id AND s.state = ${MESSAGE_STATE.queued}
		     JOIN contacts c ON c.id = m.contact_id AND c.account_id = @accountId
		     JOIN price_classes k ON k.campaign_id = @campaignId AND k.account_id = @accountId AND k.country = c.country
		    WHERE m.id BETWEEN @firstId AND @lastId) p
		  WHERE p.id = message_states.id AND p.place <= p.awaited`,
	).run({ ...of, firstId, lastId });
	const taken = tx
		.sql<{ priceClass: number | null; count: number }>(
			`SELECT price_class AS priceClass, count(*) AS count FROM message_states
			  WHERE id BETWEEN ? AND ? AND state = ${MESSAGE_STATE.queued} GROUP BY price_class`,
		)
		.all(firstId, lastId);
	for (const { priceClass, count } of taken) {
		if (priceClass === null) rejectShort(tx, of, firstId, lastId, deltas);
		else
			tx.sql(
				"UPDATE price_classes SET awaited = awaited - ?, held = held + ? WHERE campaign_id = ? AND class = ? AND account_id = ?",
			).run(count, count, of.campaignId, priceClass, of.accountId);
	}
}

function rejectShort(
	tx: Tx,
	of: { accountId: number; campaignId: number },
	firstId: number,
	lastId: number,
	deltas: CounterDeltas,
): void {
	const { changes } = tx
		.sql(
			`UPDATE message_states SET state = ${SHORT.state}, cause = ${SHORT.cause}
			  WHERE id BETWEEN ? AND ? AND state = ${MESSAGE_STATE.queued} AND price_class IS NULL`,
		)
		.run(firstId, lastId);
	deltas.move(of, { state: MESSAGE_STATE.queued, cause: null }, SHORT, changes);
}

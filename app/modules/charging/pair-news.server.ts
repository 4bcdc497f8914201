import type { Tx } from "#db/tx.ts";
import { CHARGE } from "./charge.ts";
import type { ChargeDeltas } from "./charge-deltas.server.ts";
import { type Pair, pairCharge } from "./pair-charge.ts";

/** Messages firstId … lastId of one leg of a campaign, of which something was heard. */
export interface PairNews {
	/** The first leg. */
	campaignId: number;
	accountId: number;
	leg: "first" | "second";
	firstId: number;
	lastId: number;
}

interface Row extends Pair {
	/** Of the first message, which keeps the charge. */
	id: number;
	priceClass: number;
	firstProvider: number | null;
	secondProvider: number | null;
}

const COLUMNS = `s.id, s.price_class AS priceClass, s.charge, s.state AS firstState, f.state AS secondState,
	s.provider_id AS firstProvider, f.provider_id AS secondProvider,
	CASE WHEN s.state >= 50 THEN coalesce(s.delivered_at, s.read_at, 0) END AS firstDeliveredAt,
	CASE WHEN f.state >= 50 THEN coalesce(f.delivered_at, f.read_at, 0) END AS secondDeliveredAt`;
const OPEN = `s.price_class IS NOT NULL AND s.charge IN (${CHARGE.held}, ${CHARGE.released})`;
const BY_LEG = {
	first: `SELECT ${COLUMNS} FROM message_states s LEFT JOIN message_states f ON f.id = s.fallback_id
	         WHERE s.id BETWEEN ? AND ? AND ${OPEN} ORDER BY s.id`,
	second: `SELECT ${COLUMNS} FROM messages m JOIN message_states s ON s.id = m.first_leg_id JOIN message_states f ON f.id = m.id
	          WHERE m.id BETWEEN ? AND ? AND ${OPEN} ORDER BY s.id`,
};

/** Decides what has become of the money for people with two legs after something was heard of their messages, and gathers it. */
export function meetCharges(tx: Tx, news: PairNews, deltas: ChargeDeltas): void {
	const isOver = hasEnded(tx, news);
	let run: { first: number; end: number; from: number; to: number } | undefined;
	const flush = () => {
		if (!run) return;
		tx.sql("UPDATE message_states SET charge = ? WHERE id >= ? AND id < ? AND charge = ?").run(
			run.to,
			run.first,
			run.end,
			run.from,
		);
	};
	for (const row of tx.sql<Row>(BY_LEG[news.leg]).all(news.firstId, news.lastId)) {
		const to = pairCharge(row, isOver);
		if (to === row.charge) continue;
		const providerId = to === CHARGE.captured_second ? row.secondProvider : row.firstProvider;
		deltas.add(news, { priceClass: row.priceClass, providerId, from: row.charge, to, count: 1 });
		if (run && run.end === row.id && run.from === row.charge && run.to === to) run.end++;
		else {
			flush();
			run = { first: row.id, end: row.id + 1, from: row.charge, to };
		}
	}
	flush();
}

function hasEnded(tx: Tx, of: { campaignId: number; accountId: number }): boolean {
	return (
		tx
			.sql("SELECT 1 FROM campaigns WHERE id = ? AND account_id = ? AND state IN ('done', 'cancelled', 'failed')")
			.get(of.campaignId, of.accountId) !== undefined
	);
}

import type { Terms } from "#app/modules/charging/charge-after.ts";
import { ChargeDeltas } from "#app/modules/charging/charge-deltas.server.ts";
import { meetCharges, type PairNews } from "#app/modules/charging/pair-news.server.ts";
import type { Tx } from "#db/tx.ts";
import { COUNTER_COLUMN, MESSAGE_STATE } from "./message-state.ts";

/** A campaign as one of its messages' ids finds it. */
export interface CampaignRange {
	campaignId: number;
	accountId: number;
	first: number;
	end: number;
	/** Of a second leg: its first. */
	fallbackOf: number | null;
	/** Of a first leg: its second. */
	secondId: number | null;
	/** When its messages are charged, the same for all of its price classes; null: they cost nothing. */
	money: (Terms & { isPair: boolean }) | null;
}

interface RangeRow extends Omit<CampaignRange, "end" | "money"> {
	count: number;
	chargeOn: Terms["chargeOn"] | null;
	refunds: number;
	isPair: number;
}

interface Delta {
	accountId: number;
	states: Map<number, number>;
	causes: Map<number, number>;
}

const RANKS = Object.keys(COUNTER_COLUMN).map(Number);
const UPDATE = `UPDATE campaign_counters SET ${RANKS.map((rank) => `${COUNTER_COLUMN[rank]} = ${COUNTER_COLUMN[rank]} + ?`).join(", ")} WHERE campaign_id = ? AND account_id = ?`;

/** Gathers how a transaction moves messages between states, and writes each campaign's counters, and its money, once at its end. */
export class CounterDeltas {
	private readonly tx: Tx;
	private readonly byCampaign = new Map<number, Delta>();
	private last: CampaignRange | undefined;
	private pairNews: PairNews[] = [];
	/** Of messages that stand alone. */
	readonly charges: ChargeDeltas;

	constructor(tx: Tx) {
		this.tx = tx;
		this.charges = new ChargeDeltas(tx);
	}

	/** The campaign whose id range holds the message; undefined where there is none. */
	campaignOf(messageId: number): CampaignRange | undefined {
		if (this.last && messageId >= this.last.first && messageId < this.last.end) return this.last;
		const row = this.tx
			.sql<RangeRow>(
				`SELECT c.id AS campaignId, c.account_id AS accountId, c.first_message_id AS first, c.message_count AS count,
				        c.fallback_of AS fallbackOf, s.id AS secondId,
				        k.charge_on AS chargeOn, k.refunds, k.second_tiers IS NOT NULL AS isPair
				   FROM campaigns c LEFT JOIN campaigns s ON s.fallback_of = c.id
				   LEFT JOIN price_classes k ON k.campaign_id = coalesce(c.fallback_of, c.id) AND k.class = 1
				  WHERE c.first_message_id <= ? ORDER BY c.first_message_id DESC LIMIT 1`,
			)
			.get(messageId);
		if (!row || messageId >= row.first + row.count) return undefined;
		const { count, chargeOn, refunds, isPair, ...range } = row;
		const money = chargeOn && { chargeOn, refunds: refunds === 1, isPair: isPair === 1 };
		this.last = { ...range, end: row.first + count, money };
		return this.last;
	}

	/** Messages firstId … lastId have moved: where one of two legs is charged, that is to be looked at. */
	meetCharges({ money, ...campaign }: CampaignRange, firstId: number, lastId: number, to: number): void {
		if (!money?.isPair || to < MESSAGE_STATE.cancelled) return;
		const { accountId, campaignId, fallbackOf } = campaign;
		const leg = fallbackOf === null ? "first" : "second";
		this.pairNews.push({ accountId, campaignId: fallbackOf ?? campaignId, leg, firstId, lastId });
	}

	/** `count` messages of the campaign went from one state (null: they are new) and cause to another. */
	move(
		of: { campaignId: number; accountId: number },
		from: { state: number | null; cause: number | null },
		to: { state: number; cause: number | null },
		count: number,
	): void {
		let delta = this.byCampaign.get(of.campaignId);
		if (!delta) {
			delta = { accountId: of.accountId, states: new Map(), causes: new Map() };
			this.byCampaign.set(of.campaignId, delta);
		}
		if (from.state !== null) add(delta.states, from.state, -count);
		add(delta.states, to.state, count);
		if (from.cause !== to.cause) {
			if (from.cause !== null) add(delta.causes, from.cause, -count);
			if (to.cause !== null) add(delta.causes, to.cause, count);
		}
	}

	write(): void {
		for (const [campaignId, delta] of this.byCampaign) {
			this.tx.sql(UPDATE).run(...RANKS.map((rank) => delta.states.get(rank) ?? 0), campaignId, delta.accountId);
			for (const [cause, count] of delta.causes) {
				if (count === 0) continue;
				this.tx
					.sql(
						"INSERT INTO campaign_causes (campaign_id, account_id, cause, messages) VALUES (?, ?, ?, ?) ON CONFLICT (campaign_id, cause) DO UPDATE SET messages = messages + excluded.messages",
					)
					.run(campaignId, delta.accountId, cause, count);
			}
		}
		this.byCampaign.clear();
		for (const news of this.pairNews) meetCharges(this.tx, news, this.charges);
		this.pairNews = [];
		this.charges.write();
	}
}

function add(map: Map<number, number>, key: number, count: number): void {
	map.set(key, (map.get(key) ?? 0) + count);
}

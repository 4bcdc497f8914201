import { DayCounts } from "#app/modules/ledger/count-days.server.ts";
import type { Tx } from "#db/tx.ts";
import { CHARGE, type Charge } from "./charge.ts";
import { chargeNameOf, postCharge } from "./post-charge.server.ts";
import { getPriceClass } from "./price-class.server.ts";

interface Of {
	accountId: number;
	/** The first leg, whose classes are both legs'. */
	campaignId: number;
}

/** Messages of one class whose charge moved alike. */
export interface ChargeDelta {
	priceClass: number;
	/** Who carried what is charged now. */
	providerId: number | null;
	/** Numbers of CHARGE. */
	from: number;
	to: number;
	count: number;
}

type Kept = ChargeDelta & Of;

/** Money that comes in first: what is owed by then is the least. */
const ORDER: Record<number, number> = {
	[CHARGE.held]: 0,
	[CHARGE.captured]: 1,
	[CHARGE.refunded]: 2,
	[CHARGE.released]: 3,
};
const COLUMNS: readonly Charge[] = ["held", "captured", "captured_second", "released", "refunded"];
const COUNT = `UPDATE price_classes SET ${COLUMNS.map((column) => `${column} = ${column} + ?`).join(", ")} WHERE campaign_id = ? AND class = ? AND account_id = ?`;

/**
 * Gathers how a transaction moves messages between states of charge; writes one transfer for each class, provider and move at its end,
 * and adds them to the day totals.
 */
export class ChargeDeltas {
	private readonly tx: Tx;
	private readonly byMove = new Map<string, Kept>();

	constructor(tx: Tx) {
		this.tx = tx;
	}

	add(of: Of, delta: ChargeDelta): void {
		if (delta.count === 0 || delta.from === delta.to) return;
		const isCapture = delta.to === CHARGE.captured || delta.to === CHARGE.captured_second;
		const providerId = isCapture && delta.from !== CHARGE.refunded ? delta.providerId : null;
		const key = `${of.campaignId} ${delta.priceClass} ${delta.from} ${delta.to} ${providerId}`;
		const kept = this.byMove.get(key);
		if (kept) kept.count += delta.count;
		else this.byMove.set(key, { ...delta, providerId, campaignId: of.campaignId, accountId: of.accountId });
	}

	write(): void {
		if (this.byMove.size === 0) return;
		const moves = [...this.byMove.values()].sort((a, b) => ORDER[a.from]! - ORDER[b.from]! || b.to - a.to);
		this.byMove.clear();
		const days = new DayCounts(this.tx);
		for (const move of moves) this.writeMove(move, days);
		days.write();
	}

	private writeMove(move: Kept, days: DayCounts): void {
		const { campaignId, accountId, priceClass, providerId, count } = move;
		const from = chargeNameOf(move.from);
		const to = chargeNameOf(move.to);
		const of = getPriceClass(this.tx, move, priceClass);
		const posted = postCharge(this.tx, of, { from, to, quantity: count, providerId });
		days.add(posted.transferId, posted.days);
		const counts = COLUMNS.map((column) => (column === to ? count : column === from ? -count : 0));
		this.tx.sql(COUNT).run(...counts, campaignId, priceClass, accountId);
	}
}

import { CHARGE } from "#app/modules/charging/charge.ts";
import { chargeAfter } from "#app/modules/charging/charge-after.ts";
import type { Tx } from "#db/tx.ts";
import type { CampaignRange, CounterDeltas } from "./counter-deltas.server.ts";

/** Messages of one price class whose charge stands alike. */
export interface Charged {
	priceClass: number;
	/** A number of CHARGE. */
	charge: number;
	/** Who carries them. */
	providerId: number | null;
	count: number;
}

/** What becomes of each state of charge when messages move from one state to another: parameters of CHARGE_CASE. */
export interface ChargesAfter {
	ifHeld: number;
	ifCaptured: number;
	ifReleased: number;
	ifRefunded: number;
}

/** In the SET of the statement that moves messages: their charge moves with them. */
export const CHARGE_CASE = `, charge = CASE charge WHEN ${CHARGE.held} THEN @ifHeld WHEN ${CHARGE.captured} THEN @ifCaptured
	WHEN ${CHARGE.released} THEN @ifReleased WHEN ${CHARGE.refunded} THEN @ifRefunded ELSE charge END`;

/** Null where nothing becomes of it: the campaign costs nothing, has two legs (`meetCharges` decides), or these states do not charge. */
export function chargesAfter(campaign: CampaignRange, from: number, to: number): ChargesAfter | null {
	const { money } = campaign;
	if (!money || money.isPair) return null;
	const [ifHeld, ifCaptured, ifReleased, ifRefunded] = [
		CHARGE.held,
		CHARGE.captured,
		CHARGE.released,
		CHARGE.refunded,
	].map((charge) => chargeAfter(money, from, to, charge)) as [number, number, number, number];
	const isSame =
		ifHeld === CHARGE.held &&
		ifCaptured === CHARGE.captured &&
		ifReleased === CHARGE.released &&
		ifRefunded === CHARGE.refunded;
	return isSame ? null : { ifHeld, ifCaptured, ifReleased, ifRefunded };
}

/**
 * Gathers what becomes of the charges of messages that are about to move; called before the statement that moves them.
 *
 * @param where a constant condition on `message_states`, which names exactly them.
 */
export function noteCharges(
	tx: Tx,
	campaign: CampaignRange,
	after: ChargesAfter,
	where: string,
	params: Record<string, number | string | null>,
	deltas: CounterDeltas,
): void {
	const rows = tx
		.sql<Charged>(
			`SELECT price_class AS priceClass, charge, provider_id AS providerId, count(*) AS count FROM message_states
			  WHERE ${where} AND price_class IS NOT NULL GROUP BY price_class, charge, provider_id`,
		)
		.all(params);
	for (const charged of rows) noteCharge(campaign, after, charged, deltas);
}

/** The same for messages whose charges are known. */
export function noteCharge(
	campaign: CampaignRange,
	after: ChargesAfter,
	{ priceClass, charge, providerId, count }: Charged,
	deltas: CounterDeltas,
): void {
	deltas.charges.add(campaign, { priceClass, providerId, from: charge, to: nextOf(after, charge), count });
}

function nextOf(after: ChargesAfter, charge: number): number {
	if (charge === CHARGE.held) return after.ifHeld;
	if (charge === CHARGE.captured) return after.ifCaptured;
	if (charge === CHARGE.released) return after.ifReleased;
	return charge === CHARGE.refunded ? after.ifRefunded : charge;
}

/** The same for messages of one campaign that have moved already, by their ids. Of what is being frozen nothing is charged yet. */
export function moveCharges(tx: Tx, moved: { ids: number[]; from: number; to: number }, deltas: CounterDeltas): void {
	const { from, to } = moved;
	const campaign = moved.ids.length > 0 ? deltas.campaignOf(moved.ids[0]!) : undefined;
	if (!campaign?.money) return;
	for (const id of moved.ids) deltas.meetCharges(campaign, id, id, to);
	const after = chargesAfter(campaign, from, to);
	if (!after) return;
	const ids = JSON.stringify(moved.ids);
	const where = "id IN (SELECT value FROM json_each(@ids))";
	noteCharges(tx, campaign, after, where, { ids }, deltas);
	tx.sql(`UPDATE message_states SET ${CHARGE_CASE.slice(2)} WHERE ${where} AND price_class IS NOT NULL`).run({
		...after,
		ids,
	});
}

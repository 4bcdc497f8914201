import type { Tx } from "#db/tx.ts";
import type { CampaignRange, CounterDeltas } from "./counter-deltas.server.ts";
import { MESSAGE_STATE } from "./message-state.ts";
import { STOPPED } from "./reject-stopped.server.ts";

/** Messages of one campaign, firstId … lastId, that are in one state and are about to move from it. */
export interface Movers {
	firstId: number;
	lastId: number;
	state: number;
	attempt: number;
	cause: number | null;
}

const CANCELLED = { state: MESSAGE_STATE.cancelled, cause: null };
const THESE = "s.id BETWEEN @firstId AND @lastId AND s.state = @state AND s.attempt = @attempt AND s.cause IS @cause";

/**
 * What a delivery on one leg means for the other; called before the messages move, in their transaction. A second message that still
 * waits is cancelled: its person has been reached. One that has left stays: late success, counted.
 */
export function meetLegs(tx: Tx, campaign: CampaignRange, movers: Movers, deltas: CounterDeltas): void {
	if (movers.state >= MESSAGE_STATE.delivered) return;
	if (campaign.secondId !== null) meetSecond(tx, campaign, campaign.secondId, movers, deltas);
	if (campaign.fallbackOf !== null) meetFirst(tx, campaign, campaign.fallbackOf, movers);
}

function meetSecond(tx: Tx, campaign: CampaignRange, secondId: number, movers: Movers, deltas: CounterDeltas): void {
	const seconds = tx
		.sql<{ id: number; state: number; isStopped: 0 | 1 }>(
			`SELECT f.id, f.state, f.state = ${STOPPED.state} AND f.cause IS ${STOPPED.cause} AS isStopped FROM message_states s JOIN message_states f ON f.id = s.fallback_id
			  WHERE ${THESE} AND s.fallback_id IS NOT NULL`,
		)
		.all(movers);
	if (seconds.length === 0) return;
	const waiting = seconds.filter(({ state }) => state === MESSAGE_STATE.queued).map(({ id }) => id);
	if (waiting.length > 0) {
		tx.sql("UPDATE message_states SET state = ? WHERE id IN (SELECT value FROM json_each(?)) AND state = 0").run(
			MESSAGE_STATE.cancelled,
			JSON.stringify(waiting),
		);
		const second = { campaignId: secondId, accountId: campaign.accountId };
		deltas.move(second, { state: MESSAGE_STATE.queued, cause: null }, CANCELLED, waiting.length);
	}
	// One to a person on a stop list is taken not to have left: mostly the list is ours, and nobody was asked.
	const left = seconds.filter(
		({ state, isStopped }) => state !== MESSAGE_STATE.queued && state !== MESSAGE_STATE.cancelled && isStopped === 0,
	);
	countMeetings(tx, campaign, {
		late: left.length,
		both: left.filter(({ state }) => state >= MESSAGE_STATE.delivered).length,
	});
}

function meetFirst(tx: Tx, campaign: CampaignRange, firstCampaignId: number, movers: Movers): void {
	const { both } = tx
		.sql<{ both: number }>(
			`SELECT count(*) AS both FROM message_states s JOIN messages m ON m.id = s.id JOIN message_states a ON a.id = m.first_leg_id
			  WHERE ${THESE} AND a.state >= ${MESSAGE_STATE.delivered}`,
		)
		.get(movers)!;
	countMeetings(tx, { campaignId: firstCampaignId, accountId: campaign.accountId }, { late: 0, both });
}

/** Adds to a first leg's counts of people whom both messages left for, and reached. */
export function countMeetings(
	tx: Tx,
	first: { campaignId: number; accountId: number },
	{ late, both }: { late: number; both: number },
): void {
	if (late === 0 && both === 0) return;
	tx.sql("UPDATE fallbacks SET late = late + ?, both = both + ? WHERE campaign_id = ? AND account_id = ?").run(
		late,
		both,
		first.campaignId,
		first.accountId,
	);
}

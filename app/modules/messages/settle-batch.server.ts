import type { Tx } from "#db/tx.ts";
import { applyChanges, type Change } from "./apply-changes.server.ts";
import { CounterDeltas } from "./counter-deltas.server.ts";
import { finishCampaign } from "./finish-campaign.server.ts";
import { MESSAGE_STATE } from "./message-state.ts";
import { requeueMessages } from "./requeue-messages.server.ts";
import { RESULT } from "./result.ts";

/** What is known of a part of a batch: results and causes run side by side, from firstMessageId on. */
export interface Settlement {
	batchId: number;
	campaignId: number;
	providerId: number;
	attempt: number;
	firstMessageId: number;
	results: ArrayLike<number>;
	/** Numbers of CAUSES; 0: none. */
	causes: ArrayLike<number>;
	/** Whether the calls of this batch are still under way, and by whom: what has no result yet stays claimed. */
	owner: string | null;
	/** Unix ms: when to ask about what is unknown. */
	askAtUtc: number;
	asked: number;
	claimedAtUtc: number;
}

/** Where each result leads that settles a message, or leaves it in doubt. */
export const STATE_OF: Record<number, number> = {
	[RESULT.handedOver]: MESSAGE_STATE.handed_over,
	[RESULT.sent]: MESSAGE_STATE.sent,
	[RESULT.refused]: MESSAGE_STATE.rejected,
	[RESULT.unknown]: MESSAGE_STATE.unknown,
};

function isOpen(result: number): boolean {
	return result === RESULT.none || result === RESULT.unknown;
}

/**
 * Brings the outcomes of a batch into the books, in the caller's transaction: states, counters, and the claim, which shrinks to
 * what is still open. Outcomes must be durable in the wire before. Safe to run twice with the same outcomes.
 */
export function settleBatch(tx: Tx, batch: Settlement): void {
	const { firstMessageId: first, results, causes } = batch;
	const at = Math.floor(Date.now() / 1000);
	const changes: Change[] = [];
	const deltas = new CounterDeltas(tx);
	for (let i = 0; i < results.length; i++) {
		const result = results[i]!;
		const to = STATE_OF[result];
		if (to === undefined) continue;
		changes.push({ messageId: first + i, attempt: batch.attempt, to, cause: causes[i] || null, at });
	}
	applyChanges(tx, changes, deltas);
	for (const back of [RESULT.notTaken, RESULT.again]) {
		const isBack = (result: number) => result === back;
		forEachRun(results, isBack, (from, count) =>
			requeueMessages(tx, first + from, count, back === RESULT.again, deltas),
		);
	}
	deltas.write();

	tx.sql("DELETE FROM claims WHERE batch_id = ? AND first_message_id BETWEEN ? AND ?").run(
		batch.batchId,
		first,
		first + results.length - 1,
	);
	forEachRun(results, isOpen, (from, count) => {
		tx.sql(
			"INSERT INTO claims (batch_id, first_message_id, message_count, campaign_id, provider_id, owner, claimed_at_utc, ask_at_utc, asked) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		).run(
			batch.batchId,
			first + from,
			count,
			batch.campaignId,
			batch.providerId,
			batch.owner,
			batch.claimedAtUtc,
			batch.askAtUtc,
			batch.asked,
		);
	});
	finishCampaign(tx, batch.campaignId);
}

/** Calls `then` for each run of neighbouring results that `test` holds for. */
export function forEachRun(
	results: ArrayLike<number>,
	test: (result: number) => boolean,
	then: (from: number, count: number) => void,
): void {
	let from = -1;
	for (let i = 0; i <= results.length; i++) {
		const holds = i < results.length && test(results[i]!);
		if (holds && from < 0) from = i;
		if (!holds && from >= 0) {
			then(from, i - from);
			from = -1;
		}
	}
}

import { CAUSES } from "#app/channels/causes.ts";
import type { Tx } from "#db/tx.ts";
import { applyChanges, type Change } from "./apply-changes.server.ts";
import type { Batch } from "./claim-messages.server.ts";
import { CounterDeltas } from "./counter-deltas.server.ts";
import { MESSAGE_STATE } from "./message-state.ts";
import { RESULT } from "./result.ts";
import { forEachRun, type Settlement, STATE_OF, settleBatch } from "./settle-batch.server.ts";

/** A batch as the wire knows it, and what came of it, side by side with its recipients. */
export type RetakenBatch = Batch & Pick<Settlement, "results" | "causes" | "askAtUtc" | "claimedAtUtc">;

interface Row {
	id: number;
	recipient: string;
	state: number;
	attempt: number;
}

/**
 * Brings into the books that a batch was handed over, and what came of it, where they have lost the claim: its messages that are still queued
 * are claimed for it and settled, in the caller's transaction. Batches come in the order of their intents, each after all before it; what
 * the books know already stays as it is, so that doing it twice changes nothing.
 *
 * People whom the campaign has under another id since are settled as far as the batch says what became of them, and never called for it again;
 * who has got their id is given a new attempt, because the provider may have seen this one.
 *
 * @returns messages that were settled by it, and recipients whom the campaign does not have.
 */
export function retakeBatch(tx: Tx, batch: RetakenBatch): { retaken: number; missing: number } {
	const { firstMessageId: first, recipients } = batch;
	const rows = new Map(
		tx
			.sql<Row>(
				`SELECT m.id, m.recipient, s.state, s.attempt FROM messages m JOIN message_states s ON s.id = m.id
				  WHERE m.id >= ? AND m.id < ? AND m.campaign_id = ?`,
			)
			.all(first, first + recipients.length, batch.campaignId)
			.map((row) => [row.id, row]),
	);
	const isMine = new Uint8Array(recipients.length);
	const astray: number[] = [];
	for (const [i, recipient] of recipients.entries()) {
		const row = rows.get(first + i);
		const isOpen = row?.state === MESSAGE_STATE.queued && row.attempt <= batch.attempt;
		if (row?.recipient !== recipient) astray.push(i);
		if (!row || !isOpen) continue;
		if (row.recipient === recipient) isMine[i] = 1;
		else
			tx.sql("UPDATE message_states SET attempt = ?, provider_id = NULL WHERE id = ?").run(batch.attempt + 1, row.id);
	}
	let retaken = 0;
	forEachRun(
		isMine,
		(mine) => mine === 1,
		(from, count) => {
			retaken += count;
			retakeRun(tx, batch, from, count);
		},
	);
	const missing = settleAstray(tx, batch, astray);
	return { retaken, missing };
}

/** As claim-messages would have it, then as settle-batch. */
function retakeRun(tx: Tx, batch: RetakenBatch, from: number, count: number): void {
	const first = batch.firstMessageId + from;
	tx.sql(
		`UPDATE message_states SET state = ${MESSAGE_STATE.claimed}, provider_id = ?, attempt = ? WHERE id BETWEEN ? AND ?`,
	).run(batch.providerId, batch.attempt, first, first + count - 1);
	const deltas = new CounterDeltas(tx);
	const queued = { state: MESSAGE_STATE.queued, cause: null };
	deltas.move(deltas.campaignOf(first)!, queued, { state: MESSAGE_STATE.claimed, cause: null }, count);
	deltas.write();
	settleBatch(tx, {
		...batch,
		firstMessageId: first,
		results: Array.prototype.slice.call(batch.results, from, from + count),
		causes: Array.prototype.slice.call(batch.causes, from, from + count),
		owner: null,
		asked: 0,
	});
}

/** @returns how many of them the campaign does not have. */
function settleAstray(tx: Tx, batch: RetakenBatch, astray: number[]): number {
	const at = Math.floor(Date.now() / 1000);
	const changes: Change[] = [];
	let missing = 0;
	for (const i of astray) {
		const row = tx
			.sql<Pick<Row, "id" | "state">>(
				`SELECT m.id, s.state FROM messages m JOIN message_states s ON s.id = m.id WHERE m.campaign_id = ? AND m.recipient = ?`,
			)
			.get(batch.campaignId, batch.recipients[i]);
		if (!row) missing++;
		const to = STATE_OF[batch.results[i]!];
		if (row?.state !== MESSAGE_STATE.queued || to === undefined) continue;
		const cause = batch.results[i] === RESULT.unknown ? batch.causes[i] || CAUSES.process_died : batch.causes[i];
		changes.push({ messageId: row.id, attempt: 0, to, cause: cause || null, at });
	}
	applyChanges(tx, changes);
	return missing;
}

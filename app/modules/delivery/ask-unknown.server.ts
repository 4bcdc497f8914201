import type { Receipt } from "#app/channels/channel.ts";
import { env } from "#app/lib/env.ts";
import { log } from "#app/lib/log.ts";
import { applyChanges } from "#app/modules/messages/apply-changes.server.ts";
import { MESSAGE_STATE } from "#app/modules/messages/message-state.ts";
import { RESULT } from "#app/modules/messages/result.ts";
import { settleBatch } from "#app/modules/messages/settle-batch.server.ts";
import { VALIDITY_SECONDS } from "#app/modules/messages/validity.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { readBatch } from "#jobs/wire/read-batch.ts";
import { recordEvidence } from "#jobs/wire/record-evidence.ts";
import { recordOutcomes } from "#jobs/wire/record-outcomes.ts";
import { frozenBatches } from "#jobs/wire/senders.ts";
import { askedMessage } from "./asked-message.server.ts";
import { mayCall } from "./line.server.ts";
import { outcomeExtras } from "./outcome-extras.server.ts";
import { providerLine } from "./provider-line.server.ts";
import { receiptChanges } from "./receipt-changes.server.ts";
import { CLAIM_COLUMNS, type ClaimRow } from "./recover-claims.server.ts";
import { goBackTo } from "./send-progress.ts";
import { loadHealth } from "./standing.server.ts";

const CLAIMS_A_ROUND = 50;
/** Few, so that a provider that answers nobody is found out after one time-out. */
const IDS_A_QUESTION = 20;
const ASK_AGAIN_MAX_MS = 10 * 60_000;

/**
 * Asks the providers about messages whose calls ended in doubt, once their time has come. Known → as the provider says; absent
 * → queued again under the same id, which the provider would refuse to take twice; no answer → asked again later, and left
 * unknown for good once the message would have expired anyway. Each provider is asked by itself: one that does not answer
 * holds up the questions to no other.
 * The sweep gives a campaign that has something queued again its job.
 */
export async function askUnknown(isStopping: () => boolean): Promise<void> {
	await loadHealth();
	const providers = readBooks((tx) =>
		tx
			.sql<{ providerId: number }>(
				"SELECT DISTINCT provider_id AS providerId FROM claims WHERE owner IS NULL AND ask_at_utc <= ?",
			)
			.all(Date.now()),
	);
	await Promise.all(providers.map(({ providerId }) => askProvider(providerId, isStopping)));
}

async function askProvider(providerId: number, isStopping: () => boolean): Promise<void> {
	const due = readBooks((tx) =>
		tx
			.sql<ClaimRow>(
				`SELECT ${CLAIM_COLUMNS} FROM claims WHERE owner IS NULL AND provider_id = ? AND ask_at_utc <= ?
				  ORDER BY ask_at_utc LIMIT ${CLAIMS_A_ROUND}`,
			)
			.all(providerId, Date.now()),
	);
	const frozen = due.length > 0 ? await frozenBatches() : new Set<number>();
	for (const claim of due) {
		if (isStopping()) break;
		await askClaim(claim, frozen.has(claim.batchId));
	}
}

/** @param isFrozen its sender was given up, and may still be about to call. */
async function askClaim(claim: ClaimRow, isFrozen: boolean): Promise<void> {
	const { firstMessageId: first, messageCount: count } = claim;
	const rows = readBooks((tx) =>
		tx
			.sql<{ id: number; attempt: number; state: number }>(
				"SELECT id, attempt, state FROM message_states WHERE id BETWEEN ? AND ? ORDER BY id",
			)
			.all(first, first + count - 1),
	);
	const open = rows.filter((row) => row.state === MESSAGE_STATE.unknown);
	const line = providerLine(claim.providerId);
	// What a receipt has settled meanwhile is not asked about.
	const results = new Uint8Array(count).fill(RESULT.settledBefore);
	const causes = new Uint8Array(count);
	const said: Receipt[] = [];
	const ageMs = Date.now() - claim.claimedAtUtc;
	const isOver = ageMs > VALIDITY_SECONDS * 1000;
	// After days of standstill a provider has merely forgotten what it took. And one that is in trouble may still be working off what it
	// was sent, while others stand ready to take it: it has to say so twice.
	const isAbsenceProof = !isFrozen && ageMs < line.adapter.absenceHoldsMs && (mayCall(line, false) || claim.asked > 0);
	const known = await readBatch(claim.batchId);
	for (let from = 0; from < open.length; from += IDS_A_QUESTION) {
		const part = open.slice(from, from + IDS_A_QUESTION);
		const asked = part.map((row) => askedMessage(known, row, claim.claimedAtUtc));
		const answers = (await line.adapter.ask?.(asked, line.settings, line.transport)) ?? [];
		for (const [i, row] of part.entries()) {
			const answer = answers[i] ?? { type: "unanswered" };
			if (answer.type === "known") {
				results[row.id - first] = RESULT.handedOver;
				said.push(...answer.receipts);
			} else if (answer.type === "absent" && line.adapter.hasIdempotentIds && isAbsenceProof)
				results[row.id - first] = RESULT.notTaken;
			else if (!isOver) results[row.id - first] = RESULT.unknown;
		}
		if (answers.every((answer) => answer.type === "unanswered")) {
			if (!isOver) for (const row of open.slice(from)) results[row.id - first] = RESULT.unknown;
			break;
		}
	}
	const extras = outcomeExtras(line, { ...claim, attempt: known?.attempt ?? 0 });
	await recordOutcomes({ batchId: claim.batchId, firstMessageId: first, results, causes }, extras);
	const askAgainMs = Math.min(Math.max(env().ASK_AFTER_MS, 1_000) * 2 ** claim.asked, ASK_AGAIN_MAX_MS);
	const changes = receiptChanges(said);
	await recordEvidence(claim.providerId, changes);
	await inTx((tx) => {
		settleBatch(tx, {
			...claim,
			attempt: 0,
			results,
			causes,
			owner: null,
			askAtUtc: Date.now() + askAgainMs,
			asked: claim.asked + 1,
		});
		applyChanges(tx, changes);
	});
	const putBack = results.reduce((sum, result) => sum + (result === RESULT.notTaken ? 1 : 0), 0);
	if (putBack > 0) goBackTo(claim.campaignId, first);
	log.info({ batchId: claim.batchId, asked: open.length, putBack }, "asked the provider about unknown outcomes");
}

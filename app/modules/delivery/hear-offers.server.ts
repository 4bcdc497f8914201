import { CAUSES } from "#app/channels/causes.ts";
import { env } from "#app/lib/env.ts";
import { log } from "#app/lib/log.ts";
import { RESULT } from "#app/modules/messages/result.ts";
import { settleBatch } from "#app/modules/messages/settle-batch.server.ts";
import { inTx, readBooks, type Tx } from "#db/tx.ts";
import { dropOffers, type OpenOffer, readOffers, stopOffers, withdrawOffers } from "#jobs/wire/offers.ts";
import { readOutcomes } from "#jobs/wire/read-outcomes.ts";
import { type OutcomeRow, recordOutcomes } from "#jobs/wire/record-outcomes.ts";
import { heedNews } from "./heed-news.server.ts";
import { mergeOutcomes } from "./merge-outcomes.ts";
import { offerSettled } from "./offer-batch.server.ts";
import { noteShy } from "./places.ts";
import { CLAIM_COLUMNS, type ClaimRow } from "./recover-claims.server.ts";
import { goBackTo } from "./send-progress.ts";
import { mayBeSent } from "./still-sending.server.ts";

/** What no sender has taken by then goes back to the queue, and for so long its provider's messages are called from here. */
const UNTAKEN_MS = 10_000;
const SHY_MS = 10_000;
/** Messages that are settled in one transaction, about. */
const SETTLED_AT_ONCE = 4_000;

/** Batch → parts of its outcomes that the books know. */
const heard = new Map<number, number>();

/**
 * Brings into the books what the senders have said, takes back what nobody takes, and stops what somebody has stopped. For the process that
 * has the books, about five times a second while anything is offered. Safe to break off anywhere: an offer goes when the books know all of it.
 *
 * @param senders how many may take something now.
 * @returns how many offers are open.
 */
export async function hearOffers(senders: number): Promise<number> {
	let open = await readOffers();
	if (open.length === 0) {
		heard.clear();
		return 0;
	}
	const stopped = await stopCampaigns(open);
	const idle = open.filter(
		(offer) =>
			!offer.isHeld &&
			!offer.isClosed &&
			(senders === 0 || offer.isStopped || stopped.has(offer.campaignId) || offer.ageMs > UNTAKEN_MS),
	);
	if (idle.length > 0) {
		for (const offer of idle) if (offer.ageMs > UNTAKEN_MS) noteShy(offer.providerId, Date.now() + SHY_MS);
		await withdrawOffers(
			idle.map(({ batchId }) => batchId),
			RESULT.notTaken,
		);
		open = await readOffers();
	}
	const told = open.filter((offer) => isOver(offer) || offer.parts > (heard.get(offer.batchId) ?? 0));
	if (told.length > 0) await settleTold(told);
	return open.length;
}

/** Takes back all that nobody has taken, before the books are brought up to the wire. */
export async function withdrawIdle(): Promise<void> {
	const idle = (await readOffers()).filter((offer) => !offer.isHeld && !offer.isClosed);
	if (idle.length > 0)
		await withdrawOffers(
			idle.map(({ batchId }) => batchId),
			RESULT.notTaken,
		);
}

function isOver(offer: OpenOffer): boolean {
	return offer.news !== null || offer.isClosed;
}

/** @returns campaigns with offers that are no longer to be sent. */
async function stopCampaigns(open: OpenOffer[]): Promise<Set<number>> {
	const asked = new Map(open.filter((offer) => !isOver(offer)).map((offer) => [offer.campaignId, offer]));
	const stopped = new Set([...asked.values()].filter((of) => !mayBeSent(of)).map(({ campaignId }) => campaignId));
	const isNew = open.some((offer) => stopped.has(offer.campaignId) && !offer.isStopped && !isOver(offer));
	if (isNew) await stopOffers([...stopped]);
	return stopped;
}

async function settleTold(told: OpenOffer[]): Promise<void> {
	const [since] = told.map(({ at }) => at).sort();
	const outcomes = await readOutcomes(
		told.map(({ batchId }) => batchId),
		since!,
	);
	for (const offer of told) if (offer.isClosed) await recordDoubt(offer, outcomes);
	for (let from = 0; from < told.length; ) {
		const lot: OpenOffer[] = [];
		for (let messages = 0; from < told.length && messages < SETTLED_AT_ONCE; from++) {
			const offer = told[from]!;
			lot.push(offer);
			messages += (outcomes.get(offer.batchId) ?? []).reduce((sum, { results }) => sum + results.length, 0);
		}
		await inTx((tx) => {
			for (const offer of lot) settleOffer(tx, offer, outcomes.get(offer.batchId) ?? []);
		});
	}
	for (const offer of told) await heed(offer, outcomes.get(offer.batchId) ?? []);
	const over = told.filter(isOver).map(({ batchId }) => batchId);
	if (over.length > 0) await dropOffers(over);
	for (const { batchId, parts } of told) heard.set(batchId, parts);
	for (const batchId of over) {
		heard.delete(batchId);
		offerSettled(batchId);
	}
}

function claimsOf(tx: Tx, offer: OpenOffer): (ClaimRow & { owner: string })[] {
	return tx
		.sql<ClaimRow & { owner: string }>(
			`SELECT ${CLAIM_COLUMNS}, owner FROM claims WHERE batch_id = ? AND owner IS NOT NULL ORDER BY first_message_id`,
		)
		.all(offer.batchId);
}

/** Its sender was given up: what nobody knows of its messages is written down as that, before the books hear of it. */
async function recordDoubt(offer: OpenOffer, outcomes: Map<number, OutcomeRow[]>): Promise<void> {
	const rows = outcomes.get(offer.batchId) ?? [];
	let doubts = 0;
	for (const claim of readBooks((tx) => claimsOf(tx, offer))) {
		const { results, causes } = mergeOutcomes(claim, rows);
		if (!results.includes(RESULT.none)) continue;
		for (let i = 0; i < results.length; i++) {
			if (results[i] !== RESULT.none) continue;
			results[i] = RESULT.unknown;
			causes[i] = CAUSES.process_died;
			doubts++;
		}
		const row = { batchId: offer.batchId, firstMessageId: claim.firstMessageId, results, causes };
		await recordOutcomes(row);
		rows.push(row);
	}
	outcomes.set(offer.batchId, rows);
	if (doubts > 0)
		log.warn({ batchId: offer.batchId, messages: doubts }, "a sender is gone; its provider will be asked");
}

function settleOffer(tx: Tx, offer: OpenOffer, rows: OutcomeRow[]): void {
	for (const claim of claimsOf(tx, offer)) {
		const { results, causes } = mergeOutcomes(claim, rows);
		const isLast = isOver(offer);
		// What is unknown stays with its holder till the last part.
		if (!isLast && results.every((result) => result === RESULT.none || result === RESULT.unknown)) continue;
		settleBatch(tx, {
			...claim,
			attempt: offer.attempt,
			results: isLast ? results.map((result) => (result === RESULT.none ? RESULT.unknown : result)) : results,
			causes,
			owner: isLast ? null : claim.owner,
			askAtUtc: Date.now() + env().ASK_AFTER_MS,
			asked: 0,
		});
	}
}

async function heed(offer: OpenOffer, rows: OutcomeRow[]): Promise<void> {
	if (rows.length === 0) return;
	const firstMessageId = Math.min(...rows.map((row) => row.firstMessageId));
	const end = Math.max(...rows.map((row) => row.firstMessageId + row.results.length));
	const said = mergeOutcomes({ firstMessageId, messageCount: end - firstMessageId }, rows);
	// Put back without being called: next in line again.
	if (said.results.includes(RESULT.notTaken)) goBackTo(offer.campaignId, firstMessageId);
	if (offer.news) await heedNews(offer, { firstMessageId, ...said }, offer.news);
}

import { log } from "#app/lib/log.ts";
import { withdrawIdle } from "#app/modules/delivery/hear-offers.server.ts";
import { recoverClaims } from "#app/modules/delivery/recover-claims.server.ts";
import { replayEvidence } from "#app/modules/delivery/replay-evidence.server.ts";
import { replayIntents } from "#app/modules/delivery/replay-intents.server.ts";
import { loadStrays } from "#app/modules/delivery/stray-batches.server.ts";
import { setWireMark, wireMark } from "#app/modules/delivery/wire-mark.server.ts";
import { passLostIds } from "#app/modules/lost-writes/pass-lost-ids.server.ts";
import { tellLostWrites } from "#app/modules/lost-writes/tell-lost-writes.server.ts";
import { passUsedIds } from "#app/modules/messages/pass-used-ids.server.ts";
import { type Position, position } from "#db/cluster/position.ts";
import { migrateBooks } from "#db/migrate.ts";
import { inTx } from "#db/tx.ts";
import { beginLine } from "./begin-line.ts";
import { StepClock } from "./step-clock.ts";
import { isHandedOver } from "./wire/epochs/hand-epoch.ts";
import { lastPosition } from "./wire/epochs/note-position.ts";
import { noteReport, type TakeOverReport } from "./wire/epochs/note-report.ts";
import { endOffers } from "./wire/offers.ts";
import { findLostWrites } from "./wire/writes/find-lost-writes.ts";

/** Evidence of what a provider was asked about comes to the wire a moment before the books. */
const EVIDENCE_AHEAD_MS = 60_000;

/** Senders end what is under way within this time, mostly; what they say later is asked about instead. */
const OFFERS_END_MS = 1_000;

/**
 * Brings the books of a node that has just taken them over up to what the wire knows, and says what they may lack. Everything in it may be done
 * again: a process that dies half way leaves it to the next.
 *
 * People may write again as soon as no message can be sent twice any more (`open`). What providers have said since is brought in behind that, like
 * anything they say late: where much is said it takes longer than all the rest. The caller's own jobs wait for all of it, or a fallback would go
 * to somebody whose receipt is not in yet.
 *
 * @param epoch of takeEpoch(), by this process.
 * @param open lets every process of this node write.
 * @param steps runs since the node leads; its steps are in the report.
 */
export async function takeOver(
	epoch: number,
	open: () => Promise<void>,
	steps = new StepClock(),
): Promise<TakeOverReport> {
	const own = position();
	const before = await lastPosition(epoch);
	const isWhole = await isHandedOver(epoch, own);
	await beginLine(epoch);
	migrateBooks();
	steps.done("books");
	// Whoever had the books gave them away with everything in them: these are they.
	if (isWhole) return continueBooks(epoch, open, steps);
	const since = wireMark();
	// Recovery and replay settle from the wire whatever was offered: nobody may go on with it meanwhile.
	await endOffers(OFFERS_END_MS);
	await withdrawIdle();
	steps.done("offers");
	// What the books still know as claimed comes before what they have forgotten.
	const claims = await recoverClaims();
	steps.done("claims");
	const { lastMessageId, lastCampaignId, ...intents } = await replayIntents(since);
	await inTx((tx) => passUsedIds(tx, { lastMessageId, lastCampaignId }));
	steps.done("intents");
	const lostWrites = await findLostWrites(epoch);
	await passLostIds();
	steps.done("writes");
	const strays = await loadStrays();
	const report: TakeOverReport = {
		...intents,
		claims,
		strays,
		said: null,
		lostWrites,
		lostTransactions: lostBetween(before, own),
		servedMs: steps.total(),
		stepsMs: steps.tookMs,
		tookMs: null,
	};
	await noteReport(epoch, report);
	await open();
	await tellLostWrites();
	report.said = await replayEvidence(Math.max(0, since - EVIDENCE_AHEAD_MS));
	await setWireMark();
	steps.done("said");
	report.tookMs = steps.total();
	await noteReport(epoch, report);
	if (report.lostTransactions !== 0 || report.lostWrites > 0 || report.retaken > 0 || report.missing > 0)
		log.warn(
			{ epoch, before, own, ...report },
			"the books have lost their newest part; what the wire knows of it is in them again",
		);
	else log.info({ epoch, ...report }, "the books are taken over");
	return report;
}

async function continueBooks(epoch: number, open: () => Promise<void>, steps: StepClock): Promise<TakeOverReport> {
	const strays = await loadStrays();
	await open();
	const report: TakeOverReport = {
		...{ batches: 0, retaken: 0, missing: 0, claims: 0, said: 0, lostWrites: 0, lostTransactions: 0 },
		strays,
		servedMs: steps.total(),
		stepsMs: steps.tookMs,
		tookMs: steps.total(),
	};
	await noteReport(epoch, report);
	log.info({ epoch, ...report }, "the books were handed over to this node");
	return report;
}

/** How many transactions are gone at least; null: nobody can tell, because the line of the books is another. */
function lostBetween(before: Position | null, own: Position | null): number | null {
	if (!before) return 0;
	if (!own) return null;
	if (own.txid === before.txid) return own.checksum === before.checksum ? 0 : null;
	return Math.max(0, before.txid - own.txid);
}

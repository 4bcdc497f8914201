import { log } from "#app/lib/log.ts";
import { type BatchPart, BatchParts } from "#app/modules/delivery/batch-parts.ts";
import { type BatchNews, handOverBatch } from "#app/modules/delivery/hand-over-batch.server.ts";
import { outcomeExtras } from "#app/modules/delivery/outcome-extras.server.ts";
import { RESULT } from "#app/modules/messages/result.ts";
import { letGoOf, type TakenOffer } from "#jobs/wire/offers.ts";
import { pauseProvider } from "#jobs/wire/provider-pauses.ts";
import { recordOffered } from "#jobs/wire/record-offered.ts";
import type { OpenedLine } from "./lent-lines.server.ts";

const AGAIN_MS = 250;

/** Whose batch it is while its calls are made. */
export interface Carrier {
	senderId: number;
	/** No further call may begin. */
	isStopping: () => boolean;
	/** The batch is somebody else's business: nobody wants to hear of it any more. */
	isLost: () => boolean;
}

/** Makes the calls of a batch that this sender has taken, and writes down what came of them, in parts as they come in. Never rejects. */
export async function carryOffer(offer: TakenOffer, { line, installation }: OpenedLine, by: Carrier): Promise<void> {
	const bulkSize = Math.min(offer.bulkSize, line.bulkSize);
	let isOurs = true;
	const isStopping = () => !isOurs || by.isStopping();
	const manner = { of: offer, bulkSize, isProbe: false, isStopping };
	const running = handOverBatch(line, installation, offer, offer.content, manner);
	const parts = new BatchParts(running);
	for (let isLast = false; !isLast; ) {
		isLast = await parts.wait();
		const part = parts.next(isLast) ?? (isLast ? NOTHING_NEW : null);
		if (!part) continue;
		const { firstMessageId, batchId } = offer;
		const { first, results, causes, providerMessageIds } = part;
		const row = {
			batchId,
			firstMessageId: firstMessageId + first,
			results,
			causes,
			...(providerMessageIds && { providerMessageIds }),
		};
		const write = () => recordOffered(by.senderId, row, outcomeExtras(line, offer), isLast ? running.news : null);
		isOurs = await insist(write, by);
		if (!isOurs) {
			log.warn({ batchId }, "a batch was no longer this sender's; what its calls came to is asked about");
			await running.ended;
			await letGoOf(by.senderId, batchId).catch((error) =>
				log.warn({ error: String(error), batchId }, "a batch was not let go of; it is when this process ends"),
			);
			return;
		}
		parts.told(part);
	}
	await tellPause(line.providerId, running.news);
}

/** All of it has been told; only that it is over has not. */
const NOTHING_NEW: BatchPart = {
	first: 0,
	results: Uint8Array.of(RESULT.settledBefore),
	causes: Uint8Array.of(0),
	providerMessageIds: undefined,
};

/** While Postgres is away nothing is lost as long as this process lives, and is not given up. */
async function insist(write: () => Promise<boolean>, by: Carrier): Promise<boolean> {
	for (;;) {
		try {
			return await write();
		} catch (error) {
			if (by.isLost()) return false;
			log.warn({ error: String(error) }, "outcomes could not be written down; tried again");
			await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
		}
	}
}

/** The other senders hear of it without waiting for who has the books. */
async function tellPause(providerId: number, { pauseMs }: BatchNews): Promise<void> {
	if (pauseMs === 0) return;
	await pauseProvider(providerId, pauseMs).catch((error) =>
		log.warn({ error: String(error), providerId }, "a pause could not be told to the others"),
	);
}

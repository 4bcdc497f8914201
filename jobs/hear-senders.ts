import { log } from "#app/lib/log.ts";
import { hearOffers } from "#app/modules/delivery/hear-offers.server.ts";
import { lendLines } from "#app/modules/delivery/lend-lines.server.ts";
import { offerSettled, offersOfOurs } from "#app/modules/delivery/offer-batch.server.ts";
import { OwnLine } from "./own-line.ts";
import { SAID_CHANNEL } from "./wire/offers.ts";
import { reviewSenders, type Senders } from "./wire/senders.ts";

/** How often it is looked who is there; and, while something is offered, what was said that no notification told of. */
const REVIEW_MS = 1_000;
const HEAR_MS = 200;

/**
 * Works with the sending nodes, where there are any: leaves them calls, and brings what they say into the books. For the process that has
 * the books; costs one small query a second where there are none.
 *
 * @returns its `stop`: what nobody has taken is taken back; what a sender has is left to whoever has the books next. Call it when no batch is
 * claimed any more.
 */
export async function hearSenders(): Promise<{ stop: () => Promise<void> }> {
	let senders: Senders = { isAny: false, live: 0 };
	let reviewedAt = 0;
	let own: OwnLine | undefined;
	let isStopped = false;
	let wake: () => void = () => {};
	let isWanted = true;

	const news = () => {
		isWanted = true;
		wake();
	};
	const review = async () => {
		reviewedAt = Date.now();
		senders = await reviewSenders();
		await lendLines(senders.live);
		if (senders.isAny && !own) {
			const opened = new OwnLine(SAID_CHANNEL, null, news);
			await opened.open();
			own = opened;
		}
	};
	const turn = async (): Promise<number> => {
		if (Date.now() - reviewedAt >= REVIEW_MS) await review();
		return hearOffers(senders.live);
	};
	const run = async () => {
		while (!isStopped) {
			isWanted = false;
			let open = 0;
			try {
				open = await turn();
			} catch (error) {
				log.warn({ err: error }, "the senders could not be heard; tried again");
			}
			const waitMs = senders.isAny || open > 0 ? HEAR_MS : REVIEW_MS;
			if (isWanted || isStopped) continue;
			await new Promise<void>((resolve) => {
				wake = resolve;
				setTimeout(resolve, waitMs).unref();
			});
		}
	};
	// Before anything is claimed: of an earlier life, senders may have places.
	await review();
	const running = run();
	return {
		async stop() {
			isStopped = true;
			wake();
			await running;
			// Once to take back, once to settle what was.
			for (let round = 0; round < 2 && offersOfOurs().length > 0; round++)
				await hearOffers(0).catch((error) => log.warn({ err: error }, "offers are left to who comes next"));
			for (const batchId of offersOfOurs()) offerSettled(batchId);
			await own?.close();
		},
	};
}

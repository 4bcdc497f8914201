import { hostname } from "node:os";
import { log } from "#app/lib/log.ts";
import { mayCall } from "#app/modules/delivery/line.server.ts";
import { shareHealth } from "#app/modules/delivery/standing.server.ts";
import { carryOffer } from "#app/modules/sending/carry-offer.server.ts";
import { Lease } from "#app/modules/sending/lease.ts";
import { LentLines, type OpenedLine } from "#app/modules/sending/lent-lines.server.ts";
import { every } from "./every.ts";
import { OwnLine } from "./own-line.ts";
import { OFFERS_CHANNEL, openOffers, stoppedOffers, takeOffers } from "./wire/offers.ts";
import { beatSender, joinSenders, leaveSenders, SENDER_LOCKS } from "./wire/senders.ts";

/** Batches of a provider in hand: one that is called, and one behind it. */
const IN_HAND = 2;
/** How often it looks by itself for what it may have missed. */
const LOOK_MS = 200;
const BEATS_A_LEASE = 4;
const REFRESH_MS = 1_000;
const JUDGE_MS = 1_000;

/** How one life of a sender ended. "lost": it was given up, and may begin another. */
export type LifeEnd = "left" | "lost";

/**
 * One life of a sending node: registers, takes batches, calls their providers, writes down what came of it; until `signal`, or until it is given
 * up because it was not heard of for too long. Resolves when the calls that were under way have ended; what it had not begun has been given back.
 *
 * @throws where Postgres cannot be reached at the start.
 */
export async function liveAsSender(leaseMs: number, judgeMs: number, signal: AbortSignal): Promise<LifeEnd> {
	const senderId = await joinSenders(hostname(), leaseMs);
	const lease = new Lease(leaseMs);
	const lines = new LentLines(senderId, lease.holds);
	/** Batch → its provider's line; and those of which no further call may begin. */
	const inHand = new Map<number, OpenedLine>();
	const stopped = new Set<number>();
	const works = new Set<Promise<void>>();
	let isOver = false;
	let isLost = false;
	let finish: () => void = () => {};
	const over = new Promise<void>((resolve) => {
		finish = () => {
			isOver = true;
			resolve();
		};
	});

	const begin = (offer: Awaited<ReturnType<typeof takeOffers>>[number]) => {
		const { batchId } = offer;
		const line = lines.of(offer.providerId)!;
		inHand.set(batchId, line);
		const isStopping = () => isOver || line.places === 0 || stopped.has(batchId) || !lease.holds();
		const work = carryOffer(offer, line, { senderId, isStopping, isLost: () => isLost })
			.catch((error) => log.error({ err: error, batchId }, "a batch broke off; its provider will be asked"))
			.finally(() => {
				inHand.delete(batchId);
				stopped.delete(batchId);
				works.delete(work);
				look();
			});
		works.add(work);
	};

	const take = async () => {
		if (inHand.size > 0) for (const batchId of await stoppedOffers(senderId)) stopped.add(batchId);
		// Those that wait for a place and need none any more.
		for (const { line } of new Set(inHand.values())) line.turns.flush();
		if (isOver || !lease.holds()) return;
		for (const providerId of await openOffers()) {
			const opened = lines.of(providerId);
			const room = IN_HAND - [...inHand.values()].filter(({ line }) => line.providerId === providerId).length;
			if (isOver || !opened || opened.places === 0 || room <= 0 || !mayCall(opened.line, false)) continue;
			for (const offer of await takeOffers(senderId, providerId, room)) begin(offer);
		}
	};

	let isLooking = false;
	let isWanted = false;
	const look = (): void => {
		isWanted = true;
		if (isLooking) return;
		isLooking = true;
		void (async () => {
			while (isWanted) {
				isWanted = false;
				await take().catch((error) => log.warn({ error: String(error) }, "nothing could be taken; tried again"));
			}
			isLooking = false;
		})();
	};

	const beat = async () => {
		const through = lease.beat();
		if (await beatSender(senderId)) through();
		else {
			isLost = true;
			lease.lose();
			return finish();
		}
	};
	const refresh = async () => {
		if (!isOver) await lines.refresh();
	};

	const own = new OwnLine(OFFERS_CHANNEL, { space: SENDER_LOCKS, id: senderId }, look);
	await own.open();
	const loops = [
		every(leaseMs / BEATS_A_LEASE, beat),
		every(REFRESH_MS, refresh),
		every(LOOK_MS, async () => look()),
		every(Math.min(JUDGE_MS, judgeMs), () => shareHealth(lines.peers)),
	];
	log.info({ senderId }, "calling for who has the books");
	signal.addEventListener("abort", finish);
	if (signal.aborted) finish();
	await over;
	signal.removeEventListener("abort", finish);
	// The heart beats on until all is told: else it would be given up with what it has.
	while (isLooking || works.size > 0) await Promise.all([...works, new Promise((resolve) => setTimeout(resolve, 5))]);
	await Promise.all(loops.map((loop) => loop.stop()));
	await lines.close();
	if (!isLost) await leaveSenders(senderId);
	await own.close();
	return isLost ? "lost" : "left";
}

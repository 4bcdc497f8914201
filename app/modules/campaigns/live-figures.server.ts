import type { Actor } from "#app/modules/access/actor.ts";
import { getFallback } from "#app/modules/fallback/get-fallback.server.ts";
import { secondFigures } from "#app/modules/fallback/second-figures.ts";
import { readBooks } from "#db/tx.ts";
import { getFigures } from "./campaign.queries.server.ts";
import { funnelOf, isFinal } from "./campaign.ts";
import { liveMark } from "./live-mark.ts";

const LOOK_EVERY_MS = 1_000;
const HEARTBEAT_EVERY_MS = 15_000;
/** Then the browser connects again: sign-in and scope are looked at anew, and a forgotten tab holds nothing for ever. */
const STREAM_MAX_MS = 10 * 60_000;
/** Receipts still move the figures of a campaign that is over; past this they are left to a reload. */
const AFTER_FINAL_MS = 60_000;

/**
 * A campaign's figures as server-sent events: one at once, then one each time they changed (looked at every second), a comment every
 * 15 s in between. Ends a minute after the campaign is over ("event: end"), after 10 minutes, or when `signal` says that nobody listens.
 *
 * @throws CampaignNotFoundError before the first byte.
 */
export function liveFigures(actor: Actor, campaignId: number, signal: AbortSignal): ReadableStream<Uint8Array> {
	const look = () =>
		readBooks((tx) => {
			const figures = getFigures(tx, actor, campaignId);
			const funnel = funnelOf(figures);
			const second = getFallback(tx, figures);
			return {
				figures,
				shown: { mark: liveMark(figures, second), figures: { ...funnel, ...secondFigures(funnel, second) } },
			};
		});
	const first = look();
	const encoder = new TextEncoder();
	let timer: NodeJS.Timeout | undefined;
	const stop = () => clearInterval(timer);
	return new ReadableStream({
		start(controller) {
			const startedAt = Date.now();
			let lastSentAt = startedAt;
			let last = "";
			let finalAt = Number.POSITIVE_INFINITY;
			const send = (text: string) => {
				controller.enqueue(encoder.encode(text));
				lastSentAt = Date.now();
			};
			const tell = ({ figures, shown }: ReturnType<typeof look>) => {
				const text = JSON.stringify(shown);
				if (text !== last) send(`data: ${text}\n\n`);
				last = text;
				if (isFinal(figures.state)) finalAt = Math.min(finalAt, Date.now());
			};
			const close = () => {
				stop();
				signal.removeEventListener("abort", close);
				try {
					controller.close();
				} catch {
					// Cancelled by the reader meanwhile.
				}
			};
			const tick = () => {
				const now = Date.now();
				try {
					tell(look());
					if (now - lastSentAt >= HEARTBEAT_EVERY_MS) send(": still here\n\n");
					if (now - finalAt >= AFTER_FINAL_MS) {
						send("event: end\ndata: final\n\n");
						close();
					} else if (now - startedAt >= STREAM_MAX_MS) close();
				} catch {
					// The books are being opened anew, or the campaign has left the actor's scope: the browser connects again and is told.
					close();
				}
			};
			send("retry: 3000\n\n");
			tell(first);
			timer = setInterval(tick, LOOK_EVERY_MS);
			signal.addEventListener("abort", close);
			if (signal.aborted) close();
		},
		cancel: stop,
	});
}

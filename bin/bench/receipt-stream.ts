// Calls back about messages at a given rate, whatever becomes of it. Run as a process of its own.
import { setTimeout as pause } from "node:timers/promises";
import { ReceiptPoster } from "./receipt-poster.ts";

export interface StreamOrder {
	url: string;
	/** Receipts, each about a message of its own. */
	perSecond: number;
	externalIds: string[];
}

const TICK_MS = 20;

process.on("message", async ({ url, perSecond, externalIds }: StreamOrder) => {
	const poster = new ReceiptPoster(url);
	const from = performance.now();
	let posted = 0;
	while (posted < externalIds.length) {
		const due = Math.min(externalIds.length, Math.floor(((performance.now() - from) * perSecond) / 1000));
		poster.post(externalIds.slice(posted, due));
		posted = due;
		await pause(TICK_MS);
	}
	while (poster.pending > 0) await pause(TICK_MS);
	process.send?.({ seconds: (performance.now() - from) / 1000 });
});
process.on("disconnect", () => process.exit(0));

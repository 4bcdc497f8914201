import { setImmediate as nextTurn } from "node:timers/promises";
import { type InboxReceipt, takeReceipts } from "#jobs/wire/take-receipts.ts";
import { type Part, readPart } from "./read-part.server.ts";

/** Read from the wire by one statement, and closed by one. */
const CALLBACKS_A_PART = 5_000;

/** A callback's place in the inbox. */
export type InboxPlace = Pick<InboxReceipt, "tryAt" | "id">;

/**
 * Callbacks that wait in the inbox behind a place, read part by part, so that whoever has other work for this process's one thread can do it in
 * between: the wire looks for the next part meanwhile. For one at a time.
 */
export class InboxLot {
	readonly parts: Part[] = [];
	/** Callbacks read so far. */
	count = 0;
	private said = 0;
	private asked: number;
	private taking: Promise<InboxReceipt[]> | undefined;
	private readonly limit: number;

	/** @param limit callbacks at most; and at most a part more than so many things said. */
	constructor(limit: number, after?: InboxPlace) {
		this.limit = limit;
		this.asked = Math.min(limit, CALLBACKS_A_PART);
		this.taking = take(this.asked, after);
	}

	/** Reads one part more. @returns whether there was one; no more after it where `isLast`. */
	async readPart(isLast = false): Promise<boolean> {
		if (!this.taking) return false;
		const rows = await this.taking;
		this.taking = undefined;
		this.count += rows.length;
		// Fewer than asked for: there are no more, or they are large.
		if (rows.length === this.asked && this.count < this.limit && this.said < this.limit && !isLast) {
			this.asked = Math.min(this.limit - this.count, CALLBACKS_A_PART);
			this.taking = take(this.asked, rows.at(-1));
			// Only now does the question leave: the wire answers it while these are read.
			await nextTurn();
		}
		if (rows.length === 0) return false;
		const part = await readPart(rows);
		this.said += part.said.length;
		this.parts.push(part);
		return true;
	}
}

/** Awaited when its turn comes, or never, where what is before it fails. */
function take(limit: number, after?: InboxPlace): Promise<InboxReceipt[]> {
	const taking = takeReceipts(limit, after);
	taking.catch(() => {});
	return taking;
}

import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";
import { applyChanges } from "#app/modules/messages/apply-changes.server.ts";
import { externalIdOf } from "#app/modules/messages/external-id.ts";
import { inTx } from "#db/tx.ts";
import { closeReceipts, type ReceiptNote } from "#jobs/wire/close-receipts.ts";
import { letWait } from "./early-receipts.server.ts";
import { InboxLot, type InboxPlace } from "./inbox-lot.server.ts";
import { installationId } from "./installation-id.server.ts";
import { noteStranger, type Part } from "./read-part.server.ts";

/**
 * Callbacks a lot; the more the longer more wait than that. A campaign's receipts come scattered over all of its pages: sorted by their messages,
 * each transaction writes a stretch of pages of its own, and under LiteFS it is the pages that cost.
 */
const LOTS = [1_000, 5_000, 20_000, 50_000] as const;
/** Changes a transaction: somebody's own write waits for no more. */
const CHANGES_A_TX = 500;
/** While the backlog is large. */
const CHANGES_A_TX_BACKLOG = 2_500;
const BACKLOG = 1_000;
const PAUSE_MS = 2;

/**
 * Brings the wire's inbox of receipts into the books until it is empty or `signal` says stop. A receipt leaves the inbox only
 * after the books have it; applied twice it changes nothing. As it leaves, what it said becomes evidence.
 *
 * @returns receipts read.
 */
export function applyReceipts(signal?: AbortSignal): Promise<number> {
	// One at a time in this process: a second would only read the same inbox.
	const turn = lastTurn.then(() => applyInbox(signal));
	lastTurn = turn.catch(() => 0);
	return turn;
}

let lastTurn: Promise<unknown> = Promise.resolve();

async function applyInbox(signal?: AbortSignal): Promise<number> {
	let total = 0;
	let size = 0;
	let after: InboxPlace | undefined;
	// The next lot is read, and the last one closed, while the books take this one.
	let lot = new InboxLot(LOTS[size]!);
	let closing: Promise<void> = Promise.resolve();
	try {
		while (!signal?.aborted) {
			while (await lot.readPart(signal?.aborted));
			const { parts, count } = lot;
			if (count === 0) {
				if (!after) break;
				await closing;
				after = undefined;
				lot = new InboxLot(LOTS[size]!);
				continue;
			}
			size = count < LOTS[size]! ? 0 : Math.min(size + 1, LOTS.length - 1);
			after = parts.at(-1)!.callbacks.at(-1)!;
			lot = new InboxLot(LOTS[size]!, after);
			// Only now do the questions to the wire leave: the transactions would keep them back.
			await nextTurn();
			const strangers = await applyLot(parts, lot, signal);
			if (!strangers) break;
			total += count;
			await closing;
			closing = closeLot(parts, strangers);
			// Awaited below in any case; until then nobody listens.
			closing.catch(() => {});
		}
	} finally {
		await closing;
	}
	return total;
}

/**
 * Brings a lot into the books, and reads of the `next` one what the wire has ready between the transactions: while they run nothing comes in.
 *
 * @returns the ids that no campaign has; undefined where `signal` said stop before all was done: it will be done again.
 */
async function applyLot(parts: Part[], next: InboxLot, signal?: AbortSignal): Promise<Set<number> | undefined> {
	const said = parts.length === 1 ? parts[0]!.said : parts.flatMap((part) => part.said);
	// Each part is sorted: this only merges them, and news about one message stay in their order.
	if (parts.length > 1) said.sort((a, b) => a.messageId - b.messageId);
	const strangers = new Set<number>();
	const size = said.length >= BACKLOG ? CHANGES_A_TX_BACKLOG : CHANGES_A_TX;
	for (let from = 0; from < said.length; from += size) {
		if (from > 0 && !(await next.readPart(signal?.aborted))) await pause(PAUSE_MS);
		if (signal?.aborted) return undefined;
		for (const id of await inTx((tx) => applyChanges(tx, said.slice(from, from + size)))) strangers.add(id);
	}
	return strangers;
}

async function closeLot(parts: Part[], unknown: Set<number>): Promise<void> {
	for (const part of parts) await closePart(part, unknown);
	await letWait(parts.flatMap(({ early }) => [...early]));
}

async function closePart(part: Part, unknown: Set<number>): Promise<void> {
	const { callbacks, said, early, strangers } = part;
	const evidence = unknown.size === 0 ? said : said.filter((one) => !unknown.has(one.messageId));
	if (evidence.length < said.length)
		for (const { receiptId: id, providerId, messageId, attempt } of said)
			if (unknown.has(messageId))
				noteStranger(part, { id, providerId }, externalIdOf(installationId(), messageId, attempt));
	const notes: ReceiptNote[] = [...part.notes];
	for (const [receiptId, { providerId, ids }] of strangers)
		notes.push({ receiptId, providerId, kind: "unmatched", detail: ids.join(" ") });
	await closeReceipts(early.size === 0 ? callbacks : callbacks.filter((one) => !early.has(one)), evidence, notes);
}

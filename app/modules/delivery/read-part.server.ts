import { type Receipt, ReceiptRubbishError } from "#app/channels/channel.ts";
import { log } from "#app/lib/log.ts";
import type { Change } from "#app/modules/messages/apply-changes.server.ts";
import { BooksAwayError } from "#db/tx.ts";
import type { ReceiptEvidence, ReceiptNote } from "#jobs/wire/close-receipts.ts";
import type { InboxReceipt } from "#jobs/wire/take-receipts.ts";
import { dropForged } from "./drop-forged.server.ts";
import { isEarly } from "./early-receipts.server.ts";
import { nameReceipts } from "./name-receipts.server.ts";
import { providerLine } from "./provider-line.server.ts";
import { receiptChanges } from "./receipt-changes.server.ts";

/** A callback whose body is read: what closing it needs. */
export type ReadCallback = Omit<InboxReceipt, "path" | "body">;

/** Callbacks as they stand one after the other in the inbox, and what they say. */
export interface Part {
	callbacks: ReadCallback[];
	/** Sorted by message; news about one message in the order in which they came. */
	said: (Change & ReceiptEvidence)[];
	/** Of those that cannot be read. */
	notes: ReceiptNote[];
	/** Ids that are not ours, by the callback's id. */
	strangers: Map<number, { providerId: number; ids: string[] }>;
	/** What they say of messages that are known is among the rest; their turn comes again. */
	early: Set<ReadCallback>;
}

/** Reads callbacks that stand one after the other in the inbox, and asks the wire what it must know of them. For one caller at a time. */
export async function readPart(rows: InboxReceipt[]): Promise<Part> {
	const part: Part = { callbacks: [], said: [], notes: [], strangers: new Map(), early: new Set() };
	const told: { callback: ReadCallback; providerId: number; receipts: Receipt[] }[] = [];
	const readerOf = readers();
	for (const raw of rows) {
		const { id, providerId, at, tryAt, isReplay } = raw;
		// Without its body: a large lot's bodies need not stay.
		const callback = { id, providerId, at, tryAt, isReplay };
		part.callbacks.push(callback);
		const read = readBody(raw, readerOf);
		if (typeof read === "string") part.notes.push({ receiptId: id, providerId, kind: "unreadable", detail: read });
		else told.push({ callback, providerId, receipts: read });
	}
	for (const [at, forged] of await dropForged(told))
		for (const { providerMessageId = "" } of forged) noteStranger(part, told[at]!.callback, providerMessageId);
	await nameReceipts(told);
	for (const { callback, providerId, receipts } of told) {
		const waits = isEarly(callback, receipts);
		if (waits) part.early.add(callback);
		const changes = receiptChanges(receipts, (id) => waits || noteStranger(part, callback, id));
		for (const change of changes) part.said.push(Object.assign(change, { receiptId: callback.id, providerId }));
	}
	part.said.sort((a, b) => a.messageId - b.messageId);
	return part;
}

/** Of the ids in a callback that are not ours; the callback itself has them all. */
const IDS_NOTED = 5;

/** An id in a callback that is not ours. */
export function noteStranger(
	{ strangers }: Part,
	callback: Pick<ReadCallback, "id" | "providerId">,
	strangerId: string,
): void {
	const ids = strangers.get(callback.id)?.ids ?? [];
	if (ids.length < IDS_NOTED)
		strangers.set(callback.id, { providerId: callback.providerId, ids: [...ids, strangerId] });
}

type Reader = (raw: InboxReceipt) => Receipt[];

/** Each provider's reader, looked up once: under LiteFS asking the books costs more than reading the callback does. */
function readers(): (providerId: number) => Reader {
	const known = new Map<number, Reader>();
	return (providerId) => {
		let reader = known.get(providerId);
		if (!reader) {
			const { adapter, settings } = providerLine(providerId);
			reader = ({ path, body }) => adapter.readReceipts(path, body, settings);
			known.set(providerId, reader);
		}
		return reader;
	};
}

/** What a callback says, or why it cannot be read: it stays in the wire as it came. */
function readBody(raw: InboxReceipt, readerOf: (providerId: number) => Reader): Receipt[] | string {
	try {
		return readerOf(raw.providerId)(raw);
	} catch (error) {
		// Nothing is known of the callback then: it stays in the inbox, for whoever has the books next.
		if (error instanceof BooksAwayError) throw error;
		if (!(error instanceof ReceiptRubbishError))
			log.warn({ err: error, receiptId: raw.id, providerId: raw.providerId }, "a receipt could not be read");
		return (error as Error).message;
	}
}

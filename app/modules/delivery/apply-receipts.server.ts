import { setTimeout as pause } from "node:timers/promises";
import { CAUSES } from "#app/channels/causes.ts";
import { type Receipt, ReceiptRubbishError } from "#app/channels/channel.ts";
import { log } from "#app/lib/log.ts";
import { applyChanges, type Change } from "#app/modules/messages/apply-changes.server.ts";
import { externalIdOf, parseExternalId } from "#app/modules/messages/external-id.ts";
import { MESSAGE_STATE } from "#app/modules/messages/message-state.ts";
import { BooksAwayError, inTx } from "#db/tx.ts";
import { closeReceipts, type ReceiptEvidence, type ReceiptNote } from "#jobs/wire/close-receipts.ts";
import type { EvidenceRow } from "#jobs/wire/record-evidence.ts";
import { type InboxReceipt, takeReceipts } from "#jobs/wire/take-receipts.ts";
import { dropForged } from "./drop-forged.server.ts";
import { isEarly, letWait } from "./early-receipts.server.ts";
import { installationId } from "./installation-id.server.ts";
import { nameReceipts } from "./name-receipts.server.ts";
import { providerLine } from "./provider-line.server.ts";

const RECEIPTS_AT_ONCE = 1_000;
/** While more wait than that. Scattered over the same pages, five times as many cost each page of the books once instead of five times. */
const RECEIPTS_AT_ONCE_BACKLOG = 5_000;
/** Changes a transaction; more while the backlog is large. */
const CHANGES_A_TX = 500;
const CHANGES_A_TX_BACKLOG = 5_000;
const PAUSE_MS = 2;
/** Of the ids in a callback that are not ours; the callback itself has them all. */
const IDS_NOTED = 5;

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
	let after: InboxReceipt | undefined;
	let limit = RECEIPTS_AT_ONCE;
	// The wire reads the next lot, and writes the evidence of the last, while the books take this one.
	let taking = take(limit);
	let closing: Promise<void> = Promise.resolve();
	try {
		while (!signal?.aborted) {
			const receipts = await taking;
			if (receipts.length === 0) {
				if (!after) break;
				await closing;
				after = undefined;
				taking = take(limit);
				continue;
			}
			limit = receipts.length < limit ? RECEIPTS_AT_ONCE : RECEIPTS_AT_ONCE_BACKLOG;
			after = receipts.at(-1);
			taking = take(limit, after);
			total += receipts.length;
			const lot = await applyLot(receipts);
			await closing;
			closing = closeLot(receipts, lot);
			// Awaited below in any case; until then nobody listens.
			closing.catch(() => {});
		}
	} finally {
		await closing;
	}
	return total;
}

/** Awaited when its turn comes, or never, when this ends before. */
function take(limit: number, after?: InboxReceipt): Promise<InboxReceipt[]> {
	const taking = takeReceipts(limit, after);
	taking.catch(() => {});
	return taking;
}

interface Lot {
	evidence: (Change & ReceiptEvidence)[];
	notes: ReceiptNote[];
	/** What they say of messages that are known is in the books; their turn comes again. */
	early: Set<InboxReceipt>;
}

async function closeLot(receipts: InboxReceipt[], { evidence, notes, early }: Lot): Promise<void> {
	const done = early.size === 0 ? receipts : receipts.filter((raw) => !early.has(raw));
	await closeReceipts(done, evidence, notes);
	await letWait([...early]);
}

async function applyLot(receipts: InboxReceipt[]): Promise<Lot> {
	const said: Lot["evidence"] = [];
	const notes: ReceiptNote[] = [];
	const strangers = new Map<number, string[]>();
	const noteStranger = (receiptId: number, id: string) => {
		strangers.set(receiptId, [...(strangers.get(receiptId) ?? []), id].slice(0, IDS_NOTED));
	};
	const told: { raw: InboxReceipt; providerId: number; receipts: Receipt[] }[] = [];
	const readerOf = readers();
	for (const raw of receipts) {
		const read = readRaw(raw, readerOf);
		if (typeof read === "string") notes.push({ receiptId: raw.id, kind: "unreadable", detail: read });
		else told.push({ raw, providerId: raw.providerId, receipts: read });
	}
	for (const [at, forged] of await dropForged(told))
		for (const { providerMessageId = "" } of forged) noteStranger(told[at]!.raw.id, providerMessageId);
	await nameReceipts(told);
	const early = new Set<InboxReceipt>();
	for (const { raw, receipts: read } of told) {
		const waits = isEarly(raw, read);
		if (waits) early.add(raw);
		const changes = receiptChanges(read, (id) => waits || noteStranger(raw.id, id));
		for (const change of changes) said.push(Object.assign(change, { receiptId: raw.id }));
	}
	said.sort((a, b) => a.messageId - b.messageId);
	const unknown = new Set<number>();
	const size = said.length >= RECEIPTS_AT_ONCE ? CHANGES_A_TX_BACKLOG : CHANGES_A_TX;
	for (let from = 0; from < said.length; from += size) {
		if (from > 0) await pause(PAUSE_MS);
		for (const id of await inTx((tx) => applyChanges(tx, said.slice(from, from + size)))) unknown.add(id);
	}
	const evidence = unknown.size === 0 ? said : said.filter((one) => !unknown.has(one.messageId));
	for (const { receiptId, messageId, attempt } of said)
		if (unknown.has(messageId)) noteStranger(receiptId, externalIdOf(installationId(), messageId, attempt));
	for (const [receiptId, ids] of strangers) notes.push({ receiptId, kind: "unmatched", detail: ids.join(" ") });
	return { evidence, notes, early };
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
function readRaw(raw: InboxReceipt, readerOf: (providerId: number) => Reader): Receipt[] | string {
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

/** What receipts say of our messages; `onStranger` hears of ids that are not ours. */
export function receiptChanges(receipts: Receipt[], onStranger?: (id: string) => unknown): (Change & EvidenceRow)[] {
	const now = Date.now();
	const changes: (Change & EvidenceRow)[] = [];
	for (const receipt of receipts) {
		const id = receipt.externalId === null ? null : parseExternalId(installationId(), receipt.externalId);
		if (!id) {
			onStranger?.(receipt.externalId ?? receipt.providerMessageId ?? "");
			continue;
		}
		const isBad = receipt.state === "failed" || receipt.state === "expired" || receipt.state === "rejected";
		changes.push({
			messageId: id.messageId,
			attempt: id.attempt,
			to: MESSAGE_STATE[receipt.state],
			cause: isBad ? CAUSES[receipt.cause ?? "unspecified"] : null,
			// A provider's clock may run ahead; nothing has happened in the future.
			at: Math.floor(Math.min(receipt.atUtc ?? now, now) / 1000),
			providerAtUtc: receipt.atUtc ?? null,
		});
	}
	return changes;
}

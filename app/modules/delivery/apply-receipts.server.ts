import { setTimeout as pause } from "node:timers/promises";
import { CAUSES } from "#app/channels/causes.ts";
import { type Receipt, ReceiptRubbishError } from "#app/channels/channel.ts";
import { log } from "#app/lib/log.ts";
import { applyChanges, type Change } from "#app/modules/messages/apply-changes.server.ts";
import { parseExternalId } from "#app/modules/messages/external-id.ts";
import { MESSAGE_STATE } from "#app/modules/messages/message-state.ts";
import { inTx } from "#db/tx.ts";
import { dropFromInbox, type InboxReceipt, takeReceipts } from "#jobs/wire/take-receipts.ts";
import { installationId } from "./installation-id.server.ts";
import { providerLine } from "./provider-line.server.ts";

const RECEIPTS_AT_ONCE = 1_000;
/** Changes a transaction; more while the backlog is large. */
const CHANGES_A_TX = 500;
const CHANGES_A_TX_BACKLOG = 5_000;
const PAUSE_MS = 2;

/**
 * Brings the wire's inbox of receipts into the books until it is empty or `signal` says stop. A receipt leaves the inbox only
 * after the books have it; applied twice it changes nothing.
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
	while (!signal?.aborted) {
		const receipts = await takeReceipts(RECEIPTS_AT_ONCE);
		if (receipts.length === 0) break;
		total += receipts.length;
		const changes = receipts.flatMap(changesOf).sort((a, b) => a.messageId - b.messageId);
		const size = changes.length >= RECEIPTS_AT_ONCE ? CHANGES_A_TX_BACKLOG : CHANGES_A_TX;
		for (let from = 0; from < changes.length; from += size) {
			if (from > 0) await pause(PAUSE_MS);
			await inTx((tx) => applyChanges(tx, changes.slice(from, from + size)));
		}
		await dropFromInbox(receipts.map((receipt) => receipt.id));
	}
	return total;
}

function changesOf(raw: InboxReceipt): Change[] {
	try {
		const { adapter, settings } = providerLine(raw.providerId);
		return receiptChanges(adapter.readReceipts(raw.path, raw.body, settings));
	} catch (error) {
		// Kept in the wire as it came; nothing in it can be applied.
		const reason = error instanceof ReceiptRubbishError ? "rubbish" : String(error);
		log.warn({ receiptId: raw.id, providerId: raw.providerId, reason }, "a receipt could not be read");
		return [];
	}
}

/** What receipts say of our messages; those about ids that are not ours are passed over. */
export function receiptChanges(receipts: Receipt[]): Change[] {
	const now = Date.now();
	const changes: Change[] = [];
	for (const receipt of receipts) {
		const id = parseExternalId(installationId(), receipt.externalId);
		if (!id) continue;
		const isBad = receipt.state === "failed" || receipt.state === "expired" || receipt.state === "rejected";
		changes.push({
			messageId: id.messageId,
			attempt: id.attempt,
			to: MESSAGE_STATE[receipt.state],
			cause: isBad ? CAUSES[receipt.cause ?? "unspecified"] : null,
			// A provider's clock may run ahead; nothing has happened in the future.
			at: Math.floor(Math.min(receipt.atUtc ?? now, now) / 1000),
		});
	}
	return changes;
}

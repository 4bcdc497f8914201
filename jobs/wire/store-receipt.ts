import { setTimeout as pause } from "node:timers/promises";
import { log } from "#app/lib/log.ts";
import { enqueue } from "../enqueue.ts";
import { wirePool } from "./pool.ts";

export interface RawReceipt {
	providerId: number;
	/** What followed the callback address: "" or "/seen". */
	path: string;
	body: string;
}

interface Waiting {
	receipt: RawReceipt;
	resolve: () => void;
	reject: (error: unknown) => void;
}

const ROWS_A_FLUSH = 1_000;

let waiting: Waiting[] = [];
let isFlushing = false;

// One statement: a receipt and its place in the inbox are durable together or not at all.
const STORE = `
WITH stored AS (
	INSERT INTO wire.receipts (provider_id, path, body)
	SELECT * FROM unnest($1::int[], $2::text[], $3::text[]) RETURNING id, at
)
INSERT INTO wire.receipt_inbox (receipt_id, at) SELECT id, at FROM stored`;

/** How long receipts may wait for the job that applies them: one job for all that come within it. */
const CALL_JOB_MS = 20;
let isJobCalled = false;
let lastCall: Promise<unknown> = Promise.resolve();

/** A process that dies before it has called the job loses nothing: the sweep finds the inbox. */
function callJob(): void {
	if (isJobCalled) return;
	isJobCalled = true;
	const call = pause(CALL_JOB_MS).then(() => {
		isJobCalled = false;
		return enqueue([{ task: "apply-receipts", payload: {}, key: "apply-receipts", ifWaiting: "keep" }]);
	});
	const noted = call.catch((error) =>
		log.warn({ error: String(error) }, "the job that applies receipts could not be added; the sweep will"),
	);
	lastCall = Promise.all([lastCall, noted]).then(() => undefined);
}

/** Resolves when the job is called for all that is stored: then the wire may be closed. */
export async function receiptsCalled(): Promise<void> {
	await lastCall;
}

async function flush(): Promise<void> {
	const group = waiting.slice(0, ROWS_A_FLUSH);
	waiting = waiting.slice(ROWS_A_FLUSH);
	isFlushing = true;
	try {
		await wirePool().query({
			name: "store-receipts",
			text: STORE,
			values: [
				group.map((one) => one.receipt.providerId),
				group.map((one) => one.receipt.path),
				// Postgres text holds no NUL; a body that has one is rubbish anyway and stays recognisable.
				group.map((one) => one.receipt.body.replaceAll("\0", "\uFFFD")),
			],
		});
		for (const one of group) one.resolve();
		callJob();
	} catch (error) {
		for (const one of group) one.reject(error);
	} finally {
		isFlushing = false;
		if (waiting.length > 0) void flush();
	}
}

/**
 * Stores a callback in the wire; resolves once it is durable. Those that arrive together share one statement and one flush
 * to disk. Rejects when Postgres did not take it: answer 503, the provider will come again.
 */
export function storeReceipt(receipt: RawReceipt): Promise<void> {
	return new Promise((resolve, reject) => {
		waiting.push({ receipt, resolve, reject });
		// The turn of the event loop that is running may bring more: they go together.
		if (!isFlushing && waiting.length === 1) setImmediate(() => !isFlushing && waiting.length > 0 && void flush());
	});
}

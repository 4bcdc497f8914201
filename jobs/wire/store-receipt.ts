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

const FLUSHES_AT_ONCE = 2;
const ROWS_A_FLUSH = 1_000;

let waiting: Waiting[] = [];
let flushing = 0;

// One statement: the receipts, their place in the inbox, and the job that applies them are durable together or not at all.
const STORE = `
WITH stored AS (
	INSERT INTO wire.receipts (provider_id, path, body)
	SELECT * FROM unnest($1::int[], $2::text[], $3::text[]) RETURNING id, at
), noted AS (
	INSERT INTO wire.receipt_inbox (receipt_id, at) SELECT id, at FROM stored
)
SELECT graphile_worker.add_job('apply-receipts', '{}'::json, job_key := 'apply-receipts', job_key_mode := 'preserve_run_at')`;

async function flush(): Promise<void> {
	const group = waiting.slice(0, ROWS_A_FLUSH);
	waiting = waiting.slice(ROWS_A_FLUSH);
	flushing++;
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
	} catch (error) {
		for (const one of group) one.reject(error);
	} finally {
		flushing--;
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
		if (flushing < FLUSHES_AT_ONCE && waiting.length === 1) setImmediate(() => waiting.length > 0 && void flush());
	});
}

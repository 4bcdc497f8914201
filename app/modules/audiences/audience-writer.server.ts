import { setTimeout as pause } from "node:timers/promises";
import { inTx, type Tx } from "#db/tx.ts";
import type { Entry, RejectReason } from "./audience.ts";
import { insertContacts } from "./insert-contacts.server.ts";

export const REJECTS_A_BATCH = 500;
/** In the order of their index, so that a transaction touches few pages: these may be more. */
export const CONTACTS_A_BATCH = 1_000;
const PAUSE_MS = 2;
const TYPED_KEPT_CHARS = 100;

/** Somebody else reads this collection, or it is no longer to be read. */
export class ReadingLostError extends Error {
	override name = "ReadingLostError";
}

export interface Reject extends Entry {
	reason: RejectReason;
}

/** How far the reading is: for people, and for the run that goes on after a death. */
export interface Progress {
	readBytes: number;
	readLines: number;
}

/**
 * Writes one collection into the books: rejects in the order of the source, then contacts in the order of their phones. Both orders are
 * the same in every run, so that what is written already is known by its count.
 */
export class AudienceWriter {
	readonly #accountId: number;
	readonly #collectionId: number;
	/** What the books have; each transaction checks that it is so. */
	#written: number;

	constructor(accountId: number, collectionId: number, written: number) {
		this.#accountId = accountId;
		this.#collectionId = collectionId;
		this.#written = written;
	}

	async writeRejects(rejects: Reject[], progress: Progress): Promise<void> {
		const duplicate = rejects.filter((one) => one.reason === "duplicate").length;
		const counts = { valid: 0, duplicate, bad: rejects.length - duplicate };
		await this.#write(counts, progress, "reading", (tx) => {
			const insert = tx.sql(
				"INSERT INTO contact_rejects (collection_id, account_id, line, cell, typed, reason) VALUES (?, ?, ?, ?, ?, ?)",
			);
			for (const { line, cell, typed, reason } of rejects)
				insert.run(this.#collectionId, this.#accountId, line, cell, typed.trim().slice(0, TYPED_KEPT_CHARS), reason);
		});
	}

	/** `phones` as numbers, ascending. */
	async writeContacts(phones: number[], progress: Progress): Promise<void> {
		await this.#write({ valid: phones.length, duplicate: 0, bad: 0 }, progress, "reading", (tx) => {
			const of = { accountId: this.#accountId, collectionId: this.#collectionId };
			insertContacts(
				tx,
				of,
				phones.map((phone) => `+${phone}`),
			);
		});
	}

	async finish(progress: Progress): Promise<void> {
		await this.#write({ valid: 0, duplicate: 0, bad: 0 }, progress, "ready", () => {});
	}

	async #write(
		counts: { valid: number; duplicate: number; bad: number },
		{ readBytes, readLines }: Progress,
		state: "reading" | "ready",
		insert: (tx: Tx) => void,
	): Promise<void> {
		await inTx((tx) => {
			// Compare what the books have with what was read before: of two readers, one writes each row.
			const { changes } = tx
				.sql(
					`UPDATE collections SET valid_count = valid_count + ?, duplicate_count = duplicate_count + ?,
					        bad_count = bad_count + ?, read_bytes = max(read_bytes, ?), read_lines = max(read_lines, ?), state = ?
					  WHERE id = ? AND account_id = ? AND state = 'reading'
					    AND valid_count + duplicate_count + bad_count = ?`,
				)
				.run(
					counts.valid,
					counts.duplicate,
					counts.bad,
					readBytes,
					readLines,
					state,
					this.#collectionId,
					this.#accountId,
					this.#written,
				);
			if (changes === 0) throw new ReadingLostError("another reader has gone on, or the reading was cancelled");
			insert(tx);
		});
		this.#written += counts.valid + counts.duplicate + counts.bad;
		await pause(PAUSE_MS);
	}
}

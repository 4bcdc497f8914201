import { setTimeout as pause } from "node:timers/promises";
import { inTx, type Tx } from "#db/tx.ts";
import { UnreadableAudienceError } from "./audience.errors.ts";
import { AUDIENCE_MAX, type Entry, type RejectReason } from "./audience.ts";
import { type ReadNumber, readNumber } from "./read-number.ts";

const BATCH_ENTRIES = 500;
const PAUSE_MS = 2;
const TYPED_KEPT_CHARS = 100;

/** Somebody else reads this collection, or it is no longer to be read. */
export class ReadingLostError extends Error {
	override name = "ReadingLostError";
}

interface Counts {
	valid: number;
	duplicate: number;
	bad: number;
}

/** Writes the entries of one collection into the books, in order, batch by batch. */
export class AudienceWriter {
	readonly #accountId: number;
	readonly #collectionId: number;
	readonly #country: string;
	/** Entries that an earlier run has written: passed over. */
	#passOver: number;
	/** Entries that the books have. */
	#written: number;
	#taken = 0;
	#waiting: Entry[] = [];
	#lastLine = 0;

	constructor(accountId: number, collectionId: number, country: string, written: number) {
		this.#accountId = accountId;
		this.#collectionId = collectionId;
		this.#country = country;
		this.#passOver = written;
		this.#written = written;
	}

	/** @throws UnreadableAudienceError ("too_many"). */
	take(entry: Entry): void {
		if (++this.#taken > AUDIENCE_MAX) throw new UnreadableAudienceError("too_many");
		this.#lastLine = entry.line;
		if (this.#passOver > 0) this.#passOver--;
		else this.#waiting.push(entry);
	}

	/** Writes the full batches. `readBytes`: how far the source has been read. */
	async flushFull(readBytes: number): Promise<void> {
		while (this.#waiting.length >= BATCH_ENTRIES) {
			await this.#flush(this.#waiting.splice(0, BATCH_ENTRIES), readBytes);
			await pause(PAUSE_MS);
		}
		// Also where a stretch held no number: others want the event loop.
		await new Promise((resolve) => setImmediate(resolve));
	}

	/** Writes what is left and marks the collection ready. */
	async finish(readBytes: number): Promise<void> {
		await this.flushFull(readBytes);
		await this.#flush(this.#waiting, readBytes, "ready");
	}

	async #flush(entries: Entry[], readBytes: number, state: "reading" | "ready" = "reading"): Promise<void> {
		const numbers = entries.map((entry) => readNumber(entry.typed, this.#country));
		await inTx((tx) => {
			// Compare what the books have with what was read before: of two readers, one writes each entry.
			const isMine = tx
				.sql(
					`SELECT 1 FROM collections WHERE id = ? AND account_id = ? AND state = 'reading'
					    AND valid_count + duplicate_count + bad_count = ?`,
				)
				.get(this.#collectionId, this.#accountId, this.#written);
			if (!isMine) throw new ReadingLostError("another reader has gone on, or the reading was cancelled");
			const counts = this.#insert(tx, entries, numbers);
			tx.sql(
				`UPDATE collections SET valid_count = valid_count + ?, duplicate_count = duplicate_count + ?,
				        bad_count = bad_count + ?, read_bytes = ?, read_lines = max(read_lines, ?), state = ?
				  WHERE id = ? AND account_id = ?`,
			).run(
				counts.valid,
				counts.duplicate,
				counts.bad,
				readBytes,
				this.#lastLine,
				state,
				this.#collectionId,
				this.#accountId,
			);
		});
		this.#written += entries.length;
	}

	#insert(tx: Tx, entries: Entry[], numbers: ReadNumber[]): Counts {
		const counts: Counts = { valid: 0, duplicate: 0, bad: 0 };
		const addContact = tx.sql(
			"INSERT INTO contacts (account_id, collection_id, phone) VALUES (?, ?, ?) ON CONFLICT (collection_id, phone) DO NOTHING",
		);
		entries.forEach((entry, at) => {
			const number = numbers[at]!;
			if ("reason" in number) {
				counts.bad++;
				this.#reject(tx, entry, number.reason);
			} else if (addContact.run(this.#accountId, this.#collectionId, number.phone).changes === 1) {
				counts.valid++;
			} else {
				counts.duplicate++;
				this.#reject(tx, entry, "duplicate");
			}
		});
		return counts;
	}

	#reject(tx: Tx, entry: Entry, reason: RejectReason): void {
		const typed = entry.typed.trim().slice(0, TYPED_KEPT_CHARS);
		tx.sql(
			"INSERT INTO contact_rejects (collection_id, account_id, line, cell, typed, reason) VALUES (?, ?, ?, ?, ?, ?)",
		).run(this.#collectionId, this.#accountId, entry.line, entry.cell, typed, reason);
	}
}

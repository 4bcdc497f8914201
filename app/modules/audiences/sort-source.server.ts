import { UnreadableAudienceError } from "./audience.errors.ts";
import { AUDIENCE_MAX, type Entry } from "./audience.ts";
import {
	type AudienceWriter,
	CONTACTS_A_BATCH,
	type Progress,
	REJECTS_A_BATCH,
	type Reject,
} from "./audience-writer.server.ts";
import { detectEncoding } from "./detect-encoding.ts";
import { EntryReader } from "./entry-reader.ts";
import { mergeRuns } from "./merge-runs.ts";
import { PhoneSet } from "./phone-set.ts";
import { readNumber } from "./read-number.ts";
import { readUpload } from "./read-upload.server.ts";

/** Bytes decoded and read at a stretch: some 500 numbers, a few milliseconds. */
const STRETCH_BYTES = 8 * 1024;
/** So often at least the page is told how far the reading is. */
const PROGRESS_EVERY_BYTES = 512 * 1024;
/** The shortest phone with what separates it from the next: bounds how many a source can hold. */
const PHONE_BYTES_MIN = 8;

export interface Source {
	uploadId: string;
	sizeBytes: number;
	name: string;
	country: string;
	/** What an earlier run has written. */
	writtenRejects: number;
	writtenContacts: number;
}

export interface Sorted {
	phones: PhoneSet;
	readLines: number;
}

/** Others want the event loop. */
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Every number of the source, once: those that are phones for the first time are kept, the others written as rejects. */
class Sorter {
	readonly #country: string;
	readonly phones: PhoneSet;
	rejects: Reject[] = [];
	lastLine = 0;
	#taken = 0;
	#passOver: number;

	constructor(source: Source) {
		this.#country = source.country;
		this.#passOver = source.writtenRejects;
		this.phones = new PhoneSet(Math.min(AUDIENCE_MAX, Math.ceil(source.sizeBytes / PHONE_BYTES_MIN)));
	}

	take(entry: Entry): void {
		if (++this.#taken > AUDIENCE_MAX) throw new UnreadableAudienceError("too_many");
		this.lastLine = entry.line;
		const number = readNumber(entry.typed, this.#country);
		const isNew = "phone" in number && this.phones.add(Number(number.phone.slice(1)));
		if (isNew) return;
		if (this.#passOver > 0) this.#passOver--;
		else this.rejects.push({ ...entry, reason: "reason" in number ? number.reason : "duplicate" });
	}
}

/**
 * Reads the whole source: its phones into memory, what is none into the books.
 *
 * @throws UnreadableAudienceError; before any contact is written.
 */
export async function sortSource(source: Source, writer: AudienceWriter): Promise<Sorted> {
	const bytes = () => readUpload(source.uploadId, source.sizeBytes);
	const decoder = new TextDecoder(await detectEncoding(bytes()));
	const sorter = new Sorter(source);
	const reader = new EntryReader(source.country, (entry) => sorter.take(entry));
	let readBytes = 0;
	let toldBytes = 0;

	async function flush(isLast = false) {
		// Half of the work: writing the contacts is the other.
		const progress = { readBytes: Math.floor(readBytes / 2), readLines: sorter.lastLine };
		const isTime = readBytes - toldBytes >= PROGRESS_EVERY_BYTES;
		while (sorter.rejects.length >= REJECTS_A_BATCH || ((isLast || isTime) && sorter.rejects.length > 0))
			await writer.writeRejects(sorter.rejects.splice(0, REJECTS_A_BATCH), progress);
		if (isTime) await writer.writeRejects([], progress);
		if (isTime) toldBytes = readBytes;
	}

	for await (const piece of bytes()) {
		for (let from = 0; from < piece.length; from += STRETCH_BYTES) {
			const stretch = piece.subarray(from, from + STRETCH_BYTES);
			reader.write(decoder.decode(stretch, { stream: true }));
			readBytes += stretch.length;
			await flush();
			await breathe();
		}
	}
	reader.write(decoder.decode());
	reader.end();
	await flush(true);
	return { phones: sorter.phones, readLines: sorter.lastLine };
}

/** Writes the phones in ascending order and marks the collection ready. */
export async function writeContacts(
	source: Source,
	{ phones, readLines }: Sorted,
	writer: AudienceWriter,
): Promise<void> {
	const half = source.sizeBytes / 2;
	const total = phones.size;
	const progress = (written: number): Progress => ({
		readBytes: Math.floor(half + (total ? (half * written) / total : half)),
		readLines,
	});
	let passed = 0;
	for await (const chunk of mergeRuns(phones.take(), CONTACTS_A_BATCH, breathe)) {
		const left = chunk.slice(Math.max(0, source.writtenContacts - passed));
		passed += chunk.length;
		if (left.length > 0) await writer.writeContacts(left, progress(passed));
	}
	await writer.finish({ readBytes: source.sizeBytes, readLines });
}

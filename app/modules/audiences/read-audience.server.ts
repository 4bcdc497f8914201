import { log } from "#app/lib/log.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { UnreadableAudienceError } from "./audience.errors.ts";
import { AudienceWriter, ReadingLostError } from "./audience-writer.server.ts";
import { deleteUpload } from "./delete-upload.server.ts";
import { detectEncoding } from "./detect-encoding.ts";
import { EntryReader } from "./entry-reader.ts";
import { readUpload } from "./read-upload.server.ts";

/** Bytes decoded at a stretch: some 1,500 numbers, a few milliseconds. */
const STRETCH_BYTES = 16 * 1024;

interface Source {
	uploadId: string;
	sizeBytes: number;
	name: string;
	country: string;
	readEntries: number;
}

/** The collection, while it waits to be read. */
function findSource(accountId: number, collectionId: number): Source | undefined {
	return readBooks((tx) =>
		tx
			.sql<Source>(
				`SELECT upload_id AS uploadId, size_bytes AS sizeBytes, name, country,
				        valid_count + duplicate_count + bad_count AS readEntries
				   FROM collections WHERE id = ? AND account_id = ? AND state = 'reading'`,
			)
			.get(collectionId, accountId),
	);
}

/**
 * Reads a collection's upload into contacts and rejects, 500 numbers a transaction. Memory does not grow with the file.
 *
 * Safe to run again after a death anywhere, and beside itself: an upload never changes and is always cut into the same entries, and each
 * transaction says how many entries the books have; a second run passes over those, and of two at once the slower gives way.
 * A source that cannot be read leaves the collection failed with the reason. Any other collection is left alone.
 *
 * @throws what the wire's store or the books throw when they cannot be reached: then run it again.
 */
export async function readAudience(accountId: number, collectionId: number): Promise<void> {
	const source = findSource(accountId, collectionId);
	if (!source) return;
	try {
		await readInto(new AudienceWriter(accountId, collectionId, source.country, source.readEntries), source);
	} catch (error) {
		if (error instanceof ReadingLostError) return;
		if (!(error instanceof UnreadableAudienceError)) throw error;
		log.info({ accountId, collectionId, failure: error.failure }, "an audience cannot be read");
		await inTx((tx) => {
			tx.sql(
				"UPDATE collections SET state = 'failed', failure = ? WHERE id = ? AND account_id = ? AND state = 'reading'",
			).run(error.failure, collectionId, accountId);
		});
	}
	// Pasted text stays, so that it can be edited, until sweep-uploads finds that nobody needs it.
	if (source.name !== "") await deleteUpload(source.uploadId);
}

async function readInto(writer: AudienceWriter, source: Source): Promise<void> {
	const bytes = () => readUpload(source.uploadId, source.sizeBytes);
	const decoder = new TextDecoder(await detectEncoding(bytes()));
	const reader = new EntryReader(source.country, (entry) => writer.take(entry));
	let readBytes = 0;
	for await (const piece of bytes()) {
		for (let from = 0; from < piece.length; from += STRETCH_BYTES) {
			const stretch = piece.subarray(from, from + STRETCH_BYTES);
			reader.write(decoder.decode(stretch, { stream: true }));
			readBytes += stretch.length;
			await writer.flushFull(readBytes);
		}
	}
	reader.write(decoder.decode());
	reader.end();
	await writer.finish(readBytes);
}

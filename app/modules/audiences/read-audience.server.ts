import { log } from "#app/lib/log.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { UnreadableAudienceError } from "./audience.errors.ts";
import { AudienceWriter, ReadingLostError } from "./audience-writer.server.ts";
import { noteRead } from "./note-read.server.ts";
import { type Source, sortSource, writeContacts } from "./sort-source.server.ts";

function findSource(accountId: number, collectionId: number): Source | undefined {
	return readBooks((tx) =>
		tx
			.sql<Source>(
				`SELECT upload_id AS uploadId, size_bytes AS sizeBytes, name, country, valid_count AS writtenContacts,
				        duplicate_count + bad_count AS writtenRejects
				   FROM collections WHERE id = ? AND account_id = ? AND state = 'reading'`,
			)
			.get(collectionId, accountId),
	);
}

/**
 * Reads a collection's upload into contacts and rejects, at most 1,000 rows a transaction. Memory is bounded by AUDIENCE_MAX: 16 bytes a
 * number.
 *
 * Safe to run again after a death anywhere, and beside itself: an upload never changes and always gives the same rows in the same
 * order, and each transaction says how many of them the books have; a second run passes over those, and of two at once the slower
 * gives way. The upload stays until sweep-uploads takes it: books that lose their newest part read it again. A source that cannot be read leaves the collection failed with the reason. Any other collection is left alone.
 *
 * @throws what the wire's store or the books throw when they cannot be reached: then run it again.
 */
export async function readAudience(accountId: number, collectionId: number): Promise<void> {
	const source = findSource(accountId, collectionId);
	if (!source) return;
	const writer = new AudienceWriter(accountId, collectionId, source.writtenContacts + source.writtenRejects);
	try {
		const sorted = await sortSource(source, writer);
		await writeContacts(source, sorted, writer);
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
	await noteRead(source.uploadId);
}

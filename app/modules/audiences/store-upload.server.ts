import { randomUUID } from "node:crypto";
import { wirePool } from "#jobs/wire/pool.ts";
import { UploadTooBigError } from "./audience.errors.ts";
import { UPLOAD_MAX_BYTES } from "./audience.ts";
import { deleteUpload } from "./delete-upload.server.ts";

/** How the wire's store cuts an upload. */
export const PIECE_BYTES = 256 * 1024;

export interface StoredUpload {
	uploadId: string;
	sizeBytes: number;
}

/**
 * Takes bytes as they come into the wire's store, holding one piece of 256 KB at a time. What came before an error is removed.
 *
 * @throws UploadTooBigError as soon as the limit is passed; the rest of `bytes` is left unread.
 */
export async function storeUpload(
	bytes: AsyncIterable<Uint8Array>,
	limitBytes = UPLOAD_MAX_BYTES,
): Promise<StoredUpload> {
	const uploadId = randomUUID();
	let sizeBytes = 0;
	let piece = 0;
	let gathered: Uint8Array[] = [];
	let gatheredBytes = 0;

	async function flush() {
		const body = Buffer.concat(gathered);
		gathered = [];
		gatheredBytes = 0;
		await wirePool().query("INSERT INTO wire.upload_pieces (upload_id, piece, bytes) VALUES ($1, $2, $3)", [
			uploadId,
			piece++,
			body,
		]);
	}

	try {
		for await (const chunk of bytes) {
			sizeBytes += chunk.length;
			if (sizeBytes > limitBytes) throw new UploadTooBigError(limitBytes);
			for (let from = 0; from < chunk.length; ) {
				const part = chunk.subarray(from, from + PIECE_BYTES - gatheredBytes);
				gathered.push(part);
				gatheredBytes += part.length;
				from += part.length;
				if (gatheredBytes === PIECE_BYTES) await flush();
			}
		}
		// An empty upload has one empty piece, so that "read and gone" and "never there" stay two things.
		if (gatheredBytes > 0 || piece === 0) await flush();
		return { uploadId, sizeBytes };
	} catch (error) {
		await deleteUpload(uploadId);
		throw error;
	}
}

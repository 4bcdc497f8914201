import { wirePool } from "#jobs/wire/pool.ts";
import { UnreadableAudienceError } from "./audience.errors.ts";

/**
 * An upload's bytes, a piece at a time.
 *
 * @throws UnreadableAudienceError ("upload_lost") where pieces are missing.
 */
export async function* readUpload(uploadId: string, sizeBytes: number): AsyncGenerator<Uint8Array> {
	let readBytes = 0;
	for (let piece = 0; readBytes < sizeBytes; piece++) {
		const { rows } = await wirePool().query<{ bytes: Buffer }>(
			"SELECT bytes FROM wire.upload_pieces WHERE upload_id = $1 AND piece = $2",
			[uploadId, piece],
		);
		const bytes = rows[0]?.bytes;
		if (!bytes) throw new UnreadableAudienceError("upload_lost");
		readBytes += bytes.length;
		yield bytes;
	}
}

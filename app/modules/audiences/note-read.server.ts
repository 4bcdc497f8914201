import { wirePool } from "#jobs/wire/pool.ts";

/** Notes that an upload has been read now: how long it is kept counts from here. */
export async function noteRead(uploadId: string): Promise<void> {
	await wirePool().query("UPDATE wire.upload_pieces SET at = now() WHERE upload_id = $1 AND piece = 0", [uploadId]);
}

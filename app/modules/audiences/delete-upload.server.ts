import { wirePool } from "#jobs/wire/pool.ts";

/** Removes an upload's pieces; nothing happens when there are none. */
export async function deleteUpload(uploadId: string): Promise<void> {
	await wirePool().query("DELETE FROM wire.upload_pieces WHERE upload_id = $1", [uploadId]);
}

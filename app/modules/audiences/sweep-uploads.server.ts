import { readBooks } from "#db/tx.ts";
import { wirePool } from "#jobs/wire/pool.ts";
import { deleteUpload } from "./delete-upload.server.ts";

export const UPLOAD_KEPT_MS = 24 * 3_600_000;
const SWEPT_AT_ONCE = 500;

/** Being read, or the pasted text of a campaign that can still be edited. */
function isNeeded(uploadId: string): boolean {
	return readBooks((tx) => {
		const row = tx
			.sql<{ needed: number }>(
				`SELECT 1 AS needed FROM collections l
				  WHERE l.upload_id = ? AND (l.state = 'reading' OR EXISTS (
				        SELECT 1 FROM campaigns c WHERE c.account_id = l.account_id AND c.collection_id = l.id AND c.state = 'draft'))`,
			)
			.get(uploadId);
		return row !== undefined;
	});
}

/**
 * Removes uploads older than a day that nobody needs any more: forms given up half way, pasted text of started campaigns.
 *
 * @returns how many were removed.
 */
export async function sweepUploads(now = Date.now()): Promise<number> {
	const { rows } = await wirePool().query<{ uploadId: string }>(
		'SELECT upload_id AS "uploadId" FROM wire.upload_pieces WHERE piece = 0 AND at < $1 ORDER BY at LIMIT $2',
		[new Date(now - UPLOAD_KEPT_MS), SWEPT_AT_ONCE],
	);
	let removed = 0;
	for (const { uploadId } of rows) {
		if (isNeeded(uploadId)) continue;
		await deleteUpload(uploadId);
		removed++;
	}
	return removed;
}

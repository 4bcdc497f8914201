import { standbys } from "#app/modules/standby/standbys.server.ts";
import { waitForStandbys } from "#app/modules/standby/wait-for-standbys.server.ts";
import { position } from "#db/cluster/position.ts";
import { readBooks } from "#db/tx.ts";
import { wirePool } from "#jobs/wire/pool.ts";
import { deleteUpload } from "./delete-upload.server.ts";

/** What belongs to nothing, or is no file. */
export const UPLOAD_KEPT_MS = 24 * 3_600_000;
/** A file that has been read: books that lose their newest part by a failover may have to read it again. */
export const READ_KEPT_MS = 15 * 60_000;
const LOOKED_AT_ONCE = 500;
const STANDBY_MS = 2_000;

interface Stored {
	uploadId: string;
	at: Date;
}

/** read: a file whose rows are in the books; needed: being read, or the pasted text of a campaign that can still be edited. */
function useOf(uploadId: string): "needed" | "read" | "none" {
	return readBooks((tx) => {
		const row = tx
			.sql<{ use: "needed" | "read" | "none" }>(
				`SELECT CASE WHEN l.state = 'reading' THEN 'needed' WHEN l.name <> '' THEN 'read'
				             WHEN EXISTS (SELECT 1 FROM campaigns c WHERE c.account_id = l.account_id AND c.collection_id = l.id AND c.state = 'draft')
				             THEN 'needed' ELSE 'none' END AS use
				   FROM collections l WHERE l.upload_id = ?`,
			)
			.get(uploadId);
		return row?.use ?? "none";
	});
}

/**
 * Removes uploads that nobody needs any more: files a quarter of an hour after they were read, once every node that may lead has what was read;
 * forms given up half way and pasted text of started campaigns after a day.
 *
 * @returns how many were removed.
 */
export async function sweepUploads(now = Date.now()): Promise<number> {
	const isReadSafe = await areBooksOnStandbys();
	let removed = 0;
	for (let after: Stored | undefined; ; ) {
		const rows = await storedBefore(new Date(now - READ_KEPT_MS), after);
		for (const { uploadId, at } of rows) {
			const use = useOf(uploadId);
			const isOld = at.getTime() < now - UPLOAD_KEPT_MS;
			if (use === "needed" || (use === "read" ? !isReadSafe : !isOld)) continue;
			await deleteUpload(uploadId);
			removed++;
		}
		after = rows.at(-1);
		if (!after) return removed;
	}
}

/** A page of them, the oldest first. */
async function storedBefore(before: Date, after: Stored | undefined): Promise<Stored[]> {
	const { rows } = await wirePool().query<Stored>(
		`SELECT upload_id AS "uploadId", at FROM wire.upload_pieces
		  WHERE piece = 0 AND at < $1 AND ($2::timestamptz IS NULL OR (date_trunc('milliseconds', at), upload_id) > ($2, $3::uuid))
		  ORDER BY date_trunc('milliseconds', at), upload_id LIMIT $4`,
		[before, after?.at ?? null, after?.uploadId ?? null, LOOKED_AT_ONCE],
	);
	return rows;
}

async function areBooksOnStandbys(): Promise<boolean> {
	if (standbys().length === 0) return true;
	const at = position();
	return at !== null && (await waitForStandbys(at, STANDBY_MS));
}

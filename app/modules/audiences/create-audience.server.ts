import type { Actor } from "#app/modules/access/actor.ts";
import { requireAnyRight } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import { putOutbox } from "#jobs/outbox.ts";
import { READ_AT_ONCE_MAX_BYTES } from "./audience.ts";
import { readAudience } from "./read-audience.server.ts";
import type { StoredUpload } from "./store-upload.server.ts";

/** When the job looks after an audience that the request itself reads: only a request that died has left anything to do. */
const REQUEST_MS = 60_000;

/**
 * Makes the one_off collection of a stored upload and has it read: a small one before this returns, a big one by a job.
 *
 * @param name The file's name; empty for pasted text.
 * @returns the collection's id; how its reading went is in its row.
 */
export async function createAudience(actor: Actor, upload: StoredUpload, name: string): Promise<number> {
	requireAnyRight(actor, "campaigns.create", "campaigns.update");
	const accountId = actor.account.id;
	const isSmall = upload.sizeBytes <= READ_AT_ONCE_MAX_BYTES;
	const collectionId = await inTx((tx) => {
		const now = Date.now();
		const { lastInsertRowid } = tx
			.sql(
				`INSERT INTO collections (account_id, kind, name, country, state, upload_id, size_bytes, created_at_utc)
				 VALUES (?, 'one_off', ?, ?, 'reading', ?, ?, ?)`,
			)
			.run(accountId, name.slice(0, 200), actor.account.country, upload.uploadId, upload.sizeBytes, now);
		const id = Number(lastInsertRowid);
		putOutbox(tx, {
			accountId,
			task: "read-audience",
			payload: { accountId, collectionId: id },
			...(isSmall ? { runAtUtc: now + REQUEST_MS } : {}),
		});
		writeAudit(tx, actor, "audience.create", `collection:${id}`, { name: name.slice(0, 200) });
		return id;
	});
	if (isSmall) await readAudience(accountId, collectionId);
	return collectionId;
}

import { setTimeout as pause } from "node:timers/promises";
import { deleteUpload } from "#app/modules/audiences/delete-upload.server.ts";
import { emptySlice } from "#app/modules/audiences/empty-slice.server.ts";
import { inTx, readBooks, type Tx } from "#db/tx.ts";

const LISTS_AT_ONCE = 100;
const PAUSE_MS = 2;

interface Row {
	id: number;
	uploadId: string | null;
}

/**
 * Deletes every list of a closed account with all people, rejects and the text or file that it was read from. Of a list that a campaign
 * was sent to the row stays, nameless, because its counts are the campaign's.
 *
 * @returns false when it was told not to go on.
 */
export async function wipeLists(accountId: number, goOn: () => boolean): Promise<boolean> {
	for (let after = 0; ; ) {
		const lists = readBooks((tx) =>
			tx
				.sql<Row>(
					`SELECT id, upload_id AS uploadId FROM collections WHERE account_id = ? AND id > ? ORDER BY id LIMIT ${LISTS_AT_ONCE}`,
				)
				.all(accountId, after),
		);
		for (const { id, uploadId } of lists) {
			if (uploadId !== null) await deleteUpload(uploadId);
			do {
				if (!goOn()) return false;
				await pause(PAUSE_MS);
			} while (await inTx((tx) => emptySlice(tx, accountId, id)));
			await inTx((tx) => void dropList(tx, accountId, id));
		}
		const last = lists.at(-1);
		if (!last) return true;
		after = last.id;
	}
}

function dropList(tx: Tx, accountId: number, id: number): void {
	const { changes } = tx
		.sql(
			`DELETE FROM collections WHERE id = ? AND account_id = ? AND NOT EXISTS (
				SELECT 1 FROM campaigns c WHERE c.account_id = collections.account_id AND c.collection_id = collections.id)`,
		)
		.run(id, accountId);
	if (changes === 0)
		tx.sql("UPDATE collections SET name = '', upload_id = NULL WHERE id = ? AND account_id = ?").run(id, accountId);
}

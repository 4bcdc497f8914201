import { sweepCollections } from "#app/modules/audiences/sweep-collections.server.ts";
import { sweepUploads } from "#app/modules/audiences/sweep-uploads.server.ts";
import { sweepNotices } from "#app/modules/notices/sweep-notices.server.ts";
import { inTx } from "#db/tx.ts";
import { ensurePartitions } from "../wire/partitions.ts";
import { sweepReceipts } from "../wire/sweep-receipts.ts";
import { sweepLostWrites } from "../wire/writes/sweep-lost-writes.ts";

/** What is done every hour so that nothing grows for ever and no day comes without its partition. */
export async function upkeep(): Promise<void> {
	await ensurePartitions();
	await sweepReceipts();
	await sweepLostWrites();
	await sweepUploads();
	await sweepCollections();
	await sweepNotices();
	await inTx((tx) => {
		tx.sql("DELETE FROM sign_in_sessions WHERE expires_at_utc < ?").run(Date.now());
		tx.sql("DELETE FROM sign_in_tries WHERE window_started_at_utc < ?").run(Date.now() - 86_400_000);
	});
}

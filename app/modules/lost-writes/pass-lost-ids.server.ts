import { inTx } from "#db/tx.ts";
import { lastLostIds } from "#jobs/wire/writes/last-lost-ids.ts";

/** Ids that people have seen of what the books lost are given to nothing else: an address, a notice or an export would name a stranger by them. */
export async function passLostIds(): Promise<void> {
	const last = await lastLostIds();
	if (Object.keys(last).length === 0) return;
	await inTx((tx) => {
		// Tables from which nothing has been given away yet have no row there.
		tx.sql(
			`INSERT INTO sqlite_sequence (name, seq) SELECT t.name, 0 FROM sqlite_master t JOIN json_each(?) j ON j.key = t.name
			  WHERE t.type = 'table' AND t.sql LIKE '%AUTOINCREMENT%' AND NOT EXISTS (SELECT 1 FROM sqlite_sequence s WHERE s.name = t.name)`,
		).run(JSON.stringify(last));
		tx.sql(
			`UPDATE sqlite_sequence SET seq = max(seq, j.value) FROM json_each(?) j WHERE j.key = sqlite_sequence.name`,
		).run(JSON.stringify(last));
	});
}

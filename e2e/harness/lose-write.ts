import { randomUUID } from "node:crypto";
import pg from "pg";
import type { WrittenEntry } from "#jobs/wire/writes/written-entry.ts";

/** Has the wire say that the books have lost what somebody had saved, as the taking over after a failover does. */
export async function loseWrite(wireUrl: string, entry: WrittenEntry): Promise<void> {
	const client = new pg.Client({ connectionString: wireUrl });
	await client.connect();
	try {
		await client.query(
			`INSERT INTO wire.lost_writes (key, nth, epoch, txid, found_epoch, entry, sequences, is_in_time, verb, user_id)
			 VALUES ($1, 0, 1, 1, 2, $2, '{}', true, $3, $4)`,
			[randomUUID(), JSON.stringify(entry), entry.verb, entry.behindUserId ?? entry.userId],
		);
	} finally {
		await client.end();
	}
}

import { wirePool } from "./pool.ts";

/** What was said about one message. */
export interface SaidRow {
	messageId: number;
	attempt: number;
	to: number;
	cause: number | null;
	/** Unix seconds: by the provider's clock, where it gave one that is not ahead. */
	at: number;
}

/**
 * Hands on what was said about messages and came to the books at or after `sinceUtc` (Unix ms, by Postgres), in the order in which it came,
 * `rowsAtOnce` at a time.
 */
export async function readEvidenceSince(
	sinceUtc: number,
	rowsAtOnce: number,
	take: (rows: SaidRow[]) => Promise<void>,
): Promise<number> {
	const client = await wirePool().connect();
	let total = 0;
	try {
		await client.query("BEGIN");
		await client.query(
			`DECLARE said NO SCROLL CURSOR FOR
			 SELECT message_id AS "messageId", attempt, state AS "to", cause,
			        floor(extract(epoch FROM least(coalesce(provider_at, at), at)))::float8 AS "at"
			   FROM wire.evidence WHERE applied_at >= '${new Date(sinceUtc).toISOString()}' ORDER BY applied_at`,
		);
		for (;;) {
			const { rows } = await client.query<SaidRow>(`FETCH ${rowsAtOnce} FROM said`);
			if (rows.length === 0) return total;
			total += rows.length;
			await take(rows);
		}
	} finally {
		await client.query("ROLLBACK").catch(() => {});
		client.release();
	}
}

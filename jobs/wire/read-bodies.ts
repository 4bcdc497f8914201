import { wirePool } from "./pool.ts";

/**
 * The texts of callbacks by their ids; those that the wire no longer holds are missing.
 *
 * @param max characters of each.
 */
export async function readBodies(receiptIds: number[], max: number): Promise<Map<number, string>> {
	if (receiptIds.length === 0) return new Map();
	const { rows } = await wirePool().query<{ id: number; text: string }>(
		`SELECT id, left(body, $2) AS text FROM wire.receipts WHERE id = ANY ($1::bigint[])`,
		[receiptIds, max],
	);
	return new Map(rows.map(({ id, text }) => [id, text]));
}

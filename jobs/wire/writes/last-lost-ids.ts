import { wirePool } from "../pool.ts";

/** The last id that each table of the books had given away, by its name, in any time that they have lost. */
export async function lastLostIds(): Promise<Record<string, number>> {
	const { rows } = await wirePool().query<{ name: string; last: number }>(
		`SELECT s.key AS name, max(s.value::bigint) AS last
		   FROM wire.lost_writes l, jsonb_each_text(l.sequences) s GROUP BY s.key`,
	);
	return Object.fromEntries(rows.map(({ name, last }) => [name, last]));
}

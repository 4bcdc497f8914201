import { wirePool } from "./pool.ts";

/** What the wire knows of a provider now, as far as new messages are given to it by that. */
export interface Standing {
	/** Unix ms: it has asked for a pause until then; 0: it never has. */
	pausedUntilUtc: number;
	/** open: it is given nothing; half_open: a few messages, to see. */
	breaker: "closed" | "open" | "half_open";
	/** Part of its resting weight that it is given: 0 … 1. */
	factor: number;
	/** Messages of this day of UTC that were given leave to go. */
	takenToday: number;
}

/** Of every provider that anything is known of. */
export async function readStandings(): Promise<Map<number, Standing>> {
	const { rows } = await wirePool().query<Standing & { id: number }>(
		`SELECT provider_id AS id, coalesce(extract(epoch FROM p.until) * 1000, 0)::float8 AS "pausedUntilUtc",
		        coalesce(h.breaker, 'closed') AS breaker, coalesce(h.factor, 1)::float8 AS factor, coalesce(d.taken, 0) AS "takenToday"
		   FROM wire.provider_health h FULL JOIN wire.provider_pauses p USING (provider_id)
		   FULL JOIN (SELECT provider_id, taken FROM wire.day_counts WHERE day = (now() AT TIME ZONE 'UTC')::date) d USING (provider_id)`,
	);
	return new Map(rows.map(({ id, ...standing }) => [id, standing]));
}

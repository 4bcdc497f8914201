import type { StoredHealth } from "#app/modules/failover/merge-health.ts";
import { wirePool } from "./pool.ts";

/** What is kept of all providers: their health, and the pauses that they asked for. */
export interface KeptHealth {
	healths: Map<number, StoredHealth>;
	/** Provider → ms that are left of its pause. */
	pauses: Map<number, number>;
}

/** As it stands, without a lock: for pages and for processes that only look. */
export async function readHealth(): Promise<KeptHealth> {
	const { rows } = await wirePool().query<Row>({ name: "read-health", text: READ });
	return keptOf(rows);
}

/**
 * Lets `merge` bring what this process knows together with what is kept, and keeps what it returns; several processes wait for each
 * other. Nothing is changed when it rejects.
 */
export async function meetHealth(merge: (kept: KeptHealth) => Map<number, StoredHealth>): Promise<void> {
	const client = await wirePool().connect();
	try {
		await client.query("BEGIN");
		// Whoever comes second sees what the first has written.
		await client.query("SELECT pg_advisory_xact_lock(7403)");
		const { rows } = await client.query<Row>({ name: "read-health", text: READ });
		const merged = [...merge(keptOf(rows))];
		await client.query({
			name: "keep-health",
			text: `INSERT INTO wire.provider_health (provider_id, factor, breaker, state)
			       SELECT * FROM unnest($1::int[], $2::real[], $3::text[], $4::jsonb[])
			       ON CONFLICT (provider_id) DO UPDATE SET at = now(), factor = excluded.factor, breaker = excluded.breaker, state = excluded.state`,
			values: [
				merged.map(([providerId]) => providerId),
				merged.map(([, health]) => health.factor),
				merged.map(([, health]) => health.breaker.state),
				merged.map(([, health]) => JSON.stringify(health)),
			],
		});
		await client.query("COMMIT");
		client.release();
	} catch (error) {
		// Whatever state its transaction is in, nobody else gets this connection.
		client.release(true);
		throw error;
	}
}

const READ = `SELECT coalesce(h.provider_id, p.provider_id) AS "providerId", h.state,
	greatest(0, extract(epoch FROM p.until - now()) * 1000)::float8 AS "pauseMs"
	FROM wire.provider_health h FULL JOIN wire.provider_pauses p USING (provider_id)`;

interface Row {
	providerId: number;
	state: StoredHealth | null;
	pauseMs: number | null;
}

function keptOf(rows: Row[]): KeptHealth {
	const kept: KeptHealth = { healths: new Map(), pauses: new Map() };
	for (const { providerId, state, pauseMs } of rows) {
		if (state) kept.healths.set(providerId, state);
		if (pauseMs) kept.pauses.set(providerId, Math.ceil(pauseMs));
	}
	return kept;
}

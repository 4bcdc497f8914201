import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { env } from "#app/lib/env.ts";

const LOCK_ID = 7410;
/** Behind a sidecar that was ended a moment ago: Postgres gives its turn back when it has seen the connection close. */
const POLL_MS = 50;

/**
 * Waits until no other sidecar writes the books of this installation, and holds the turn for as long as this process's own
 * connection to Postgres lives. Postgres gives the turn back by itself when the process dies, however it dies.
 *
 * @param onLost the turn is gone: stop at once, another may have it.
 */
export async function takeTurn(onLost: () => void, isStopping: () => boolean): Promise<pg.Client | null> {
	const client = new pg.Client({ connectionString: env().JOBS_DATABASE_URL, application_name: process.env.PGAPPNAME });
	await client.connect();
	client.on("error", onLost);
	client.on("end", onLost);
	while (!isStopping()) {
		const { rows } = await client.query<{ mine: boolean }>("SELECT pg_try_advisory_lock($1) AS mine", [LOCK_ID]);
		if (rows[0]?.mine) return client;
		await pause(POLL_MS);
	}
	client.off("error", onLost);
	client.off("end", onLost);
	await client.end();
	return null;
}

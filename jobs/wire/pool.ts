import pg from "pg";
import { env } from "#app/lib/env.ts";
import { log } from "#app/lib/log.ts";

// bigint as number: every id that we make stays below 2^53.
pg.types.setTypeParser(20, Number);

const shared = globalThis as unknown as { __wirePool?: pg.Pool };

/** The process's pool of connections to the queue's and the wire's Postgres. */
export function wirePool(): pg.Pool {
	if (!shared.__wirePool) {
		const url = env().JOBS_DATABASE_URL;
		if (!url) throw new Error("JOBS_DATABASE_URL is not set (npm start sets it to the embedded Postgres)");
		const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 5_000 });
		// A backend that dies while idle must not end this process.
		pool.on("error", (error) => log.warn({ error: error.message }, "an idle Postgres connection ended"));
		// The same for one that dies while it is lent out: whoever has it hears of it by its query.
		pool.on("connect", (client) => client.on("error", () => {}));
		shared.__wirePool = pool;
	}
	return shared.__wirePool;
}

export async function closeWire(): Promise<void> {
	const pool = shared.__wirePool;
	delete shared.__wirePool;
	await pool?.end();
}

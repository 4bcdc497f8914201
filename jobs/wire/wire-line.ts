import { wirePool } from "./pool.ts";

let known: Promise<string> | undefined;

/**
 * Which Postgres the wire is in, and which line of its history: one that was made anew, filled from a dump, or taken back to an earlier moment
 * from its log says something else. (A file-system snapshot put back does not.) Asked once in a process.
 */
export function wireLine(): Promise<string> {
	known ??= ask();
	known.catch(() => {
		known = undefined;
	});
	return known;
}

async function ask(): Promise<string> {
	const { rows } = await wirePool().query<{ line: string }>(
		`SELECT concat_ws('/', (SELECT system_identifier FROM pg_control_system()), d.oid,
		        CASE WHEN NOT pg_is_in_recovery() THEN left(pg_walfile_name(pg_current_wal_lsn()), 8) END) AS line
		   FROM pg_database d WHERE d.datname = current_database()`,
	);
	return rows[0]!.line;
}

/** For tests, whose processes meet several. */
export function forgetWireLine(): void {
	known = undefined;
}

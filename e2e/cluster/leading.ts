import pg from "pg";
import { resetEnv } from "#app/lib/env.ts";
import { closeBooks } from "#db/client.ts";
import { until } from "#jobs/testing/until.ts";
import { wirePool } from "#jobs/wire/pool.ts";
import type { Cluster } from "./cluster.ts";

const LEADS_WITHIN_MS = 180_000;

export interface OpenEpoch {
	n: number;
	node: string;
	/** Unix ms, by Postgres: when it was taken, and from when on all may write. */
	takenAt: number;
	readyAt: number;
	report: { stepsMs?: Record<string, number> } & Record<string, unknown>;
}

/** The epoch under which the books are written now; undefined: nobody writes them. */
export async function openEpochOf(): Promise<OpenEpoch | undefined> {
	const { rows } = await wirePool().query<OpenEpoch>(
		`SELECT n::int AS n, node, report, (extract(epoch FROM taken_at) * 1000)::float8 AS "takenAt",
		        (extract(epoch FROM ready_at) * 1000)::float8 AS "readyAt" FROM wire.epochs
		  WHERE ready_at IS NOT NULL AND ended_at IS NULL AND n = (SELECT max(n) FROM wire.epochs)`,
	);
	return rows[0];
}

/** Resolves with the epoch once one is open that is newer than `after`. */
export function newEpoch(after: number): Promise<OpenEpoch> {
	return until(`an epoch after ${after} is open`, LEADS_WITHIN_MS, async () => {
		// Before the first node there is no such table.
		const open = await openEpochOf().catch((error) => {
			if (error instanceof pg.DatabaseError) return undefined;
			throw error;
		});
		return open && open.n > after ? open : undefined;
	});
}

/** This process reads and writes the books of that node, as a program on it would; it must lead, and live. */
export function useBooksOf(cluster: Cluster, node: string): void {
	closeBooks();
	process.env.DATA_DIR = cluster.mount(node);
	process.env.JOBS_DATABASE_URL = cluster.wireUrl;
	resetEnv();
}

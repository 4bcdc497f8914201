import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { chooseHome, type PostgresHome } from "./choose-home.ts";
import { endStrays } from "./end-strays.ts";
import { findPostmaster, runsOn } from "./find-postmaster.ts";
import { DATABASE_USER, initCluster } from "./init-cluster.ts";
import { POSTGRES_SETTINGS } from "./postgres-settings.ts";
import { stopPostgres } from "./stop-postgres.ts";

export interface RunningPostgres {
	/** For JOBS_DATABASE_URL. */
	url: string;
	pid: number;
	cluster: string;
	/** It was running already: a supervisor before us died and left it. */
	isAdopted: boolean;
	/** Resolves when it has ended, for whatever reason. */
	ended: Promise<void>;
}

/** Recovery after a crash reads up to max_wal_size; a slow disk takes its time. */
const READY_WITHIN_MS = 180_000;
/** After kill -9 of the postmaster its backends live on for a moment, and a new one refuses to start beside them. */
const RETRY_WITHIN_MS = 15_000;

/** The connection string of a database of the Postgres whose socket is in this folder. */
export function postgresUrl(sockets: string, database: string): string {
	return `postgresql://${DATABASE_USER}@localhost/${encodeURIComponent(database)}?host=${encodeURIComponent(sockets)}`;
}

/**
 * Starts the embedded Postgres of this data folder, made on first use, and resolves once it answers. One that a killed
 * supervisor left running is taken over.
 *
 * @throws Error whose message says in one line why it cannot run.
 */
export async function startPostgres(dataDir: string, settings: Record<string, string> = {}): Promise<RunningPostgres> {
	const home = await chooseHome(dataDir);
	await initCluster(home);
	const running = (await adopt(home)) ?? (await startAnew(home, settings));
	await ensureDatabase(home);
	return running;
}

async function adopt(home: PostgresHome): Promise<RunningPostgres | undefined> {
	const found = findPostmaster(home.cluster);
	if (!found) return undefined;
	const running = describe(home, found.pid, true, endOf(found.pid, home.cluster));
	if (found.sockets === home.sockets && (await answers(home, running))) return running;
	await stopPostgres(running);
	return undefined;
}

async function startAnew(home: PostgresHome, settings: Record<string, string>): Promise<RunningPostgres> {
	const giveUpAt = Date.now() + RETRY_WITHIN_MS;
	for (;;) {
		if (!findPostmaster(home.cluster)) {
			await endStrays(home.cluster);
			// Its pid may belong to another program by now, and Postgres would refuse to start for its sake.
			rmSync(join(home.cluster, "postmaster.pid"), { force: true });
		}
		const child = spawnPostgres(home, settings);
		const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
		await new Promise<void>((resolve, reject) => child.on("spawn", resolve).on("error", reject));
		const running = describe(home, child.pid!, false, ended);
		if (await answers(home, running)) return running;
		// Its last words take their way through its logger, which outlives it by moments.
		await pause(200);
		const said = saidBy(home, running.pid);
		const isStillDying = /pre-existing shared memory block|lock file .* already exists/.test(said);
		// Whoever ended it without a word of its own may have meant the one before it: then it is tried again.
		const hasReason = /FATAL|PANIC|ERROR|No space/.test(said);
		if ((hasReason && !isStillDying) || Date.now() > giveUpAt) {
			const how = child.signalCode ?? `code ${child.exitCode}`;
			throw new Error(`the embedded Postgres does not start: ${lastWords(said)} (${how})`);
		}
		await pause(100);
	}
}

function spawnPostgres(home: PostgresHome, settings: Record<string, string>): ChildProcess {
	const all = { ...POSTGRES_SETTINGS, unix_socket_directories: home.sockets, ...settings };
	const options = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
	const output = openSync(startLog(home), "w");
	try {
		return spawn(join(home.binaries, "bin", "postgres"), ["-D", home.cluster, ...options], {
			cwd: "/",
			env: { LC_ALL: "C", TZ: "UTC", PATH: process.env.PATH, NODE_ENV: "production" },
			// A session of its own: Ctrl-C in the terminal must not reach it before the sidecar has written its outcomes. A file,
			// not a pipe: it outlives us.
			detached: true,
			stdio: ["ignore", output, output],
			...(home.user && { uid: home.user.uid, gid: home.user.gid }),
		});
	} finally {
		closeSync(output);
	}
}

function startLog(home: PostgresHome): string {
	return join(home.folder, "start.log");
}

/** What this postmaster said: to its output until its log began, then into the newest log file, where its lines bear its pid. */
function saidBy(home: PostgresHome, pid: number): string {
	const folder = join(home.cluster, "log");
	const logs = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
	const newest = logs.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
	const logged = newest ? readFileSync(newest, "utf8").split("\n") : [];
	return [readFileSync(startLog(home), "utf8"), ...logged.filter((line) => line.includes(`[${pid}]`))].join("\n");
}

function lastWords(said: string): string {
	const lines = said.split("\n").filter((line) => /FATAL|PANIC|ERROR|could not|No space/.test(line));
	return (
		(lines.join(" ") || said.trim()).replace(/\d{4}-\d\d-\d\d \S+ \S+ \[\d+\] /g, "").slice(0, 500) || "it said nothing"
	);
}

function describe(home: PostgresHome, pid: number, isAdopted: boolean, ended: Promise<void>): RunningPostgres {
	return { url: postgresUrl(home.sockets, DATABASE_USER), pid, cluster: home.cluster, isAdopted, ended };
}

/** Not our child, so nobody tells us of its end: we look. */
async function endOf(pid: number, cluster: string): Promise<void> {
	while (runsOn(pid, cluster)) await pause(200);
}

/** Waits until it takes connections; false when it has ended instead. */
async function answers(home: PostgresHome, running: RunningPostgres): Promise<boolean> {
	const state = { hasEnded: false };
	running.ended.then(() => (state.hasEnded = true));
	const giveUpAt = Date.now() + READY_WITHIN_MS;
	while (!state.hasEnded && Date.now() < giveUpAt) {
		const client = new pg.Client({
			connectionString: postgresUrl(home.sockets, "postgres"),
			connectionTimeoutMillis: 5_000,
		});
		client.on("error", () => {});
		try {
			await client.connect();
			await client.query("SELECT 1");
			return true;
		} catch {
			await pause(20);
		} finally {
			await client.end().catch(() => {});
		}
	}
	return false;
}

async function ensureDatabase(home: PostgresHome): Promise<void> {
	const client = new pg.Client({ connectionString: postgresUrl(home.sockets, "postgres") });
	await client.connect();
	try {
		const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [DATABASE_USER]);
		if (!rowCount) await client.query(`CREATE DATABASE ${DATABASE_USER}`);
	} finally {
		await client.end();
	}
}

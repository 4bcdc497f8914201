import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findPostmaster } from "./find-postmaster.ts";
import { type RunningPostgres, startPostgres } from "./start-postgres.ts";
import { stopPostgres } from "./stop-postgres.ts";

const isRoot = process.getuid?.() === 0;
let folder: string;
let started: RunningPostgres[];

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "postgres-test-"));
	chmodSync(folder, 0o755);
	started = [];
});

afterEach(async () => {
	for (const one of started) {
		await stopPostgres(one);
		if (!one.cluster.startsWith(folder)) rmSync(dirname(one.cluster), { recursive: true, force: true });
	}
	rmSync(folder, { recursive: true, force: true });
});

async function start(dataDir = folder): Promise<RunningPostgres> {
	const running = await startPostgres(dataDir, { fsync: "off", shared_buffers: "16MB" });
	started.push(running);
	return running;
}

async function query(running: RunningPostgres, sql: string): Promise<Record<string, unknown>[]> {
	const client = new pg.Client({ connectionString: running.url });
	await client.connect();
	try {
		return (await client.query(sql)).rows as Record<string, unknown>[];
	} finally {
		await client.end();
	}
}

test("starts, keeps its data over a stop, and listens on no network", async () => {
	const first = await start();
	await query(first, "CREATE TABLE kept AS SELECT 7 AS n");
	expect(await query(first, "SHOW listen_addresses")).toEqual([{ listen_addresses: "" }]);
	await stopPostgres(first);
	await first.ended;
	expect(findPostmaster(first.cluster)).toBeUndefined();
	const second = await start();
	expect(second.url).toBe(first.url);
	expect(await query(second, "SELECT n FROM kept")).toEqual([{ n: 7 }]);
});

test("one that a killed starter left behind is taken over", async () => {
	const program = `
		const { startPostgres } = await import("#jobs/postgres/start-postgres.ts");
		console.log((await startPostgres(${JSON.stringify(folder)}, { shared_buffers: "16MB" })).pid);
		setInterval(() => {}, 1000);`;
	const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	const pid = await new Promise<number>((resolve) => child.stdout.once("data", (line) => resolve(Number(line))));
	const gone = new Promise((resolve) => child.once("close", resolve));
	child.kill("SIGKILL");
	await gone;
	const running = await start();
	expect(running).toMatchObject({ pid, isAdopted: true });
	let hasEnded = false;
	running.ended.then(() => {
		hasEnded = true;
	});
	expect(await query(running, "SELECT 1 AS n")).toEqual([{ n: 1 }]);
	expect(hasEnded).toBe(false);
	await stopPostgres(running);
	// Resolves although it is not this process's child.
	await running.ended;
});

test("after kill -9 of Postgres itself a new one starts at once", async () => {
	const first = await start();
	await query(first, "CREATE TABLE kept AS SELECT 8 AS n");
	process.kill(first.pid, "SIGKILL");
	await first.ended;
	const second = await start();
	expect(second.isAdopted).toBe(false);
	expect(await query(second, "SELECT n FROM kept")).toEqual([{ n: 8 }]);
});

test("a pid file that names another program's process is no obstacle", async () => {
	const first = await start();
	await stopPostgres(first);
	const lines = [process.pid, first.cluster, 1, 5432, folder, "", "", "ready"];
	writeFileSync(join(first.cluster, "postmaster.pid"), lines.join("\n"));
	expect(findPostmaster(first.cluster)).toBeUndefined();
	expect((await start()).isAdopted).toBe(false);
});

test("a data folder whose path is too long for a socket works", async () => {
	const dataDir = join(folder, "long-".repeat(30));
	const running = await start(dataDir);
	expect(running.url.length).toBeLessThan(150);
	expect(await query(running, "SELECT 1 AS n")).toEqual([{ n: 1 }]);
});

test("what an interrupted first start left half made is thrown away", async () => {
	mkdirSync(join(folder, "postgres/cluster.new"), { recursive: true });
	writeFileSync(join(folder, "postgres/cluster.new/rubbish"), "");
	const running = await start();
	expect(existsSync(join(running.cluster, "rubbish"))).toBe(false);
});

test.runIf(isRoot)(
	"root's data folder that nobody else may enter has its cluster elsewhere, tied to it by an id",
	async () => {
		const dataDir = join(folder, "closed/data");
		mkdirSync(dataDir, { recursive: true });
		chmodSync(dirname(dataDir), 0o700);
		const first = await start(dataDir);
		expect(first.cluster.startsWith(folder)).toBe(false);
		await query(first, "CREATE TABLE kept AS SELECT 9 AS n");
		await stopPostgres(first);
		const second = await start(dataDir);
		expect(second.cluster).toBe(first.cluster);
		expect(await query(second, "SELECT n FROM kept")).toEqual([{ n: 9 }]);

		// Thrown away and made anew at the same path while Postgres runs: nothing of the old cluster is met, or stays.
		rmSync(dataDir, { recursive: true });
		mkdirSync(dataDir);
		const third = await start(dataDir);
		expect(third.cluster).not.toBe(first.cluster);
		expect(await query(third, "SELECT to_regclass('kept') AS kept")).toEqual([{ kept: null }]);
		await second.ended;
		expect(existsSync(first.cluster)).toBe(false);
		expect(readFileSync(join(dirname(third.cluster), "data-dir"), "utf8")).toBe(dataDir);
	},
);

test("settings that Postgres does not take are told in one line", async () => {
	const failure = startPostgres(folder, { shared_buffers: "rubbish" });
	await expect(failure).rejects.toThrow(/^the embedded Postgres does not start: .*shared_buffers.*$/);
});

test("a start finds its way although the one before it was killed at any moment, its Postgres just started or half way", {
	timeout: 120_000,
}, async () => {
	const first = await start();
	await query(first, "CREATE TABLE rows AS SELECT generate_series(1, 20000) AS n");
	await stopPostgres(first);
	const program = `
		const { startPostgres } = await import("#jobs/postgres/start-postgres.ts");
		console.log("begins");
		await startPostgres(${JSON.stringify(folder)}, { shared_buffers: "16MB" });
		setInterval(() => {}, 1000);`;
	for (let delayMs = 0; delayMs <= 240; delayMs += 40) {
		const starter = spawn(process.execPath, ["--input-type=module", "-e", program], {
			stdio: ["ignore", "pipe", "inherit"],
		});
		await new Promise((resolve) => starter.stdout.once("data", resolve));
		await new Promise((resolve) => setTimeout(resolve, delayMs));
		starter.kill("SIGKILL");
		const postmaster = findPostmaster(first.cluster);
		if (postmaster && delayMs % 80 === 0) process.kill(postmaster.pid, "SIGKILL");
		const again = await start();
		expect(await query(again, "SELECT count(*)::int AS n FROM rows")).toEqual([{ n: 20000 }]);
		process.kill(again.pid, "SIGKILL");
		await again.ended;
	}
});

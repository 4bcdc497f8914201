import { type ChildProcess, fork } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resetEnv } from "#app/lib/env.ts";
import { seal } from "#app/lib/secrets.server.ts";
import { buildWeb } from "#bin/build/build-web.ts";
import { closeBooks } from "#db/client.ts";
import { migrateBooks } from "#db/migrate.ts";
import { inTx } from "#db/tx.ts";
import { startPostgres } from "#jobs/postgres/start-postgres.ts";
import { stopPostgres } from "#jobs/postgres/stop-postgres.ts";
import { migrateWire } from "#jobs/wire/migrate.ts";
import { closeWire } from "#jobs/wire/pool.ts";
import type { LoopOrder } from "./bare-loop.ts";
import { mountBooks } from "./mount-books.ts";

export interface BenchHouse {
	dataDir: string;
	postgresPid: number;
	/** Of LiteFS, where the books are on its mount. */
	litefsPid: number | undefined;
	accountId: number;
	/** Starts a file of this repository as a process with the house's environment. What it says goes with ours, or nowhere. */
	spawn(file: string, env?: Record<string, string>, output?: "inherit" | "ignore"): ChildProcess;
	close(): Promise<void>;
}

/**
 * A whole installation in a folder of its own: books, Postgres, one client account. Everything that a benchmark sends through. With
 * BENCH_BOOKS=litefs the books are on the mount of a real LiteFS, and who may write them is asked as on any node.
 */
export async function openHouse(): Promise<BenchHouse> {
	const dataDir = mkdtempSync(join(tmpdir(), "bench-"));
	// Root's Postgres runs as another user, who must get in.
	chmodSync(dataDir, 0o755);
	Object.assign(process.env, {
		DATA_DIR: dataDir,
		// One for all houses of this process, which keeps the first that it reads.
		SECRET_KEY: "5e".repeat(32),
		LOG_LEVEL: "error",
		ASK_AFTER_MS: "1000",
		PROVIDER_NETWORK: "any",
	});
	resetEnv();
	const mount = process.env.BENCH_BOOKS === "litefs" ? await mountBooks(dataDir) : undefined;
	const postgres = await startPostgres(dataDir);
	process.env.JOBS_DATABASE_URL = postgres.url;
	resetEnv();
	await migrateWire();
	if (mount) await mount.lead();
	else migrateBooks();
	const accountId = await inTx((tx) => {
		tx.sql(
			"INSERT INTO accounts (id, kind, path, name, time_zone, country, created_at_utc) VALUES (1, 'admin', '/1/', 'Bench', 'UTC', 'UA', 0)",
		).run();
		return 1;
	});
	const children = new Set<ChildProcess>();
	return {
		dataDir,
		postgresPid: postgres.pid,
		litefsPid: mount?.pid,
		accountId,
		spawn(file, env = {}, output = "inherit") {
			const stdio = ["ignore", output, "inherit", "ipc"] as const;
			const child = fork(file, [], { env: { ...process.env, ...env }, stdio: [...stdio] });
			children.add(child);
			child.once("exit", () => children.delete(child));
			return child;
		},
		async close() {
			await Promise.all([...children].map(ended));
			closeBooks();
			await mount?.close();
			await closeWire();
			await stopPostgres(postgres);
			rmSync(dataDir, { recursive: true, force: true });
		},
	};
}

/** Asks a child to end and waits until it has. */
export function ended(child: ChildProcess): Promise<void> {
	return new Promise((resolve) => {
		if (child.exitCode !== null || child.signalCode !== null) return resolve();
		child.once("exit", () => resolve());
		child.kill("SIGTERM");
	});
}

/** The next message of a child. */
export function messageOf<T>(child: ChildProcess): Promise<T> {
	return new Promise((resolve, reject) => {
		child.once("message", (message) => resolve(message as T));
		child.once("exit", (code) => reject(new Error(`the process ended with ${code}`)));
	});
}

/** A provider row that points at `origin`. */
export async function addProvider(
	house: BenchHouse,
	origin: string,
	bulkSize: number,
	connections = 64,
): Promise<number> {
	return inTx((tx) => {
		const { lastInsertRowid } = tx
			.sql(
				`INSERT INTO providers (account_id, name, adapter, channel, state, sealed_settings, bulk_size, connections, created_at_utc)
				 VALUES (?, 'Bench', 'infobip-viber', 'viber', 'active', '', ?, ?, 0)`,
			)
			.run(house.accountId, bulkSize, connections);
		const id = Number(lastInsertRowid);
		tx.sql("UPDATE providers SET sealed_settings = ? WHERE id = ? AND account_id = ?").run(
			seal(JSON.stringify({ baseUrl: origin, apiKey: "demo-simulator-key" }), `provider:${id}`),
			id,
			house.accountId,
		);
		return id;
	});
}

/** Provider rows that point at these, and a route on which they share alike; their ids. */
export async function addSharers(
	house: BenchHouse,
	origins: string[],
	bulkSize: number,
	connections?: number,
): Promise<number[]> {
	const ids: number[] = [];
	for (const origin of origins) ids.push(await addProvider(house, origin, bulkSize, connections));
	await inTx((tx) => {
		const route = tx
			.sql("INSERT INTO routes (account_id, channel, branch_account_id, created_at_utc) VALUES (?, 'viber', ?, 0)")
			.run(house.accountId, house.accountId).lastInsertRowid;
		for (const id of ids) {
			tx.sql("INSERT INTO route_steps (account_id, route_id, provider_id, tier, weight) VALUES (?, ?, ?, 1, 1)").run(
				house.accountId,
				Number(route),
				id,
			);
		}
	});
	return ids;
}

/** The bare loop as a process of its own. */
export async function runLoop(house: BenchHouse, order: LoopOrder): Promise<{ perSecond: number }> {
	const loop = house.spawn(new URL("./bare-loop.ts", import.meta.url).pathname);
	loop.send(order);
	const result = await messageOf<{ perSecond: number }>(loop);
	loop.disconnect();
	return result;
}

/** The real web process, with the pages of these sources; it answers when this resolves. */
export async function startWeb(house: BenchHouse): Promise<{ web: ChildProcess; origin: string }> {
	await buildWeb((line) => console.error(line));
	const port = await freePort();
	const origin = `http://127.0.0.1:${port}`;
	const web = house.spawn("app/server.ts", { PORT: String(port), NODE_ENV: "production" });
	await Promise.race([answering(`${origin}/healthz`), messageOf(web)]);
	return { web, origin };
}

export function freePort(): Promise<number> {
	return new Promise((resolve) => {
		const server = createServer();
		server.listen(0, "127.0.0.1", () => {
			const { port } = server.address() as { port: number };
			server.close(() => resolve(port));
		});
	});
}

/** Resolves once the address answers at all. */
export async function answering(url: string): Promise<void> {
	for (;;) {
		try {
			await fetch(url);
			return;
		} catch {
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	}
}

import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Fake, startFake } from "#app/channels/viber/infobip/fake.ts";
import { expectedFate } from "#app/channels/viber/infobip/fake-fates.ts";
import { resetEnv } from "#app/lib/env.ts";
import { messageStateOf } from "#app/modules/messages/message-state.ts";
import type { Running } from "#bin/supervisor/take-lock.ts";
import { closeBooks } from "#db/client.ts";
import { testCampaign, testPhones, testProvider } from "#db/testing/campaign.ts";
import { recount } from "#db/testing/recount.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { chooseHome } from "#jobs/postgres/choose-home.ts";
import { findPostmaster } from "#jobs/postgres/find-postmaster.ts";
import { freePorts } from "./harness/free-ports.ts";
import { until } from "./harness/until.ts";

const PEOPLE = 6_000;
const READY_MS = 600_000;

let dataDir: string;
let fake: Fake;
let port: number;
let house: ChildProcess;
let said = "";

/** The whole installation, as `npm start` runs it. */
function start(): ChildProcess {
	const child = spawn(process.execPath, ["bin/start.ts"], {
		env: {
			...process.env,
			NODE_ENV: "" as never,
			JOBS_DATABASE_URL: "",
			DATA_DIR: dataDir,
			HOST: "127.0.0.1",
			PORT: String(port),
			PUBLIC_URL: `http://127.0.0.1:${port}`,
			ASK_AFTER_MS: "200",
			CALL_TIMEOUT_MS: "700",
			SWEEP_INTERVAL_MS: "200",
			LOG_LEVEL: "error",
		},
		stdio: ["ignore", "pipe", "pipe"],
	});
	for (const stream of [child.stdout!, child.stderr!]) stream.on("data", (chunk: Buffer) => (said += chunk));
	return child;
}

const isReady = async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok;

async function untilReady(after: string): Promise<void> {
	await until(`it is ready after: ${after}`, isReady, READY_MS).catch(async (error: Error) => {
		const answer = await fetch(`http://127.0.0.1:${port}/readyz`).then((response) => response.text(), String);
		throw new Error(`${error.message}; ${answer}\n${said.slice(-4_000)}`);
	});
}

function exitOf(child: ChildProcess): Promise<number | null> {
	if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
	return new Promise((resolve) => child.once("exit", (code) => resolve(code)));
}

function pidOf(name: string): number | undefined {
	const running = JSON.parse(readFileSync(join(dataDir, "running.json"), "utf8")) as Running;
	return running.children.find((child) => child.name === name)?.pid;
}

function kill(pid: number | undefined): void {
	if (pid === undefined) return;
	try {
		process.kill(pid, "SIGKILL");
	} catch (error) {
		// It was dead already: the supervisor is about to start it anew.
		if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
	}
}

/** @throws where none runs: a disaster that does not happen shows nothing. */
async function postgresPid(): Promise<number> {
	const { cluster } = await chooseHome(dataDir);
	return (await until("Postgres runs", () => findPostmaster(cluster))).pid;
}

const disasters: Record<string, () => Promise<void>> = {
	"web killed": async () => kill(pidOf("web")),
	"postgres killed": async () => kill(await postgresPid()),
	"sidecar killed": async () => kill(pidOf("sidecar")),
	"all killed at once": async () => {
		const pids = [house.pid, pidOf("web"), pidOf("sidecar"), pidOf("simulator"), await postgresPid()];
		for (const pid of pids) kill(pid);
		await exitOf(house);
		house = start();
	},
	"the supervisor killed": async () => {
		kill(house.pid);
		await exitOf(house);
		house = start();
	},
	"the machine's stop signal": async () => {
		house.kill("SIGTERM");
		expect(await exitOf(house)).toBe(0);
		house = start();
	},
};

beforeAll(async () => {
	[port] = (await freePorts(1)) as [number];
	dataDir = mkdtempSync(join(tmpdir(), "chaos-"));
	chmodSync(dataDir, 0o755);
	Object.assign(process.env, { DATA_DIR: dataDir });
	resetEnv();
	fake = await startFake({ apiKey: "test-key" });
	fake.control({
		seed: randomInt(1_000_000),
		answerMs: [40, 120],
		mix: [
			{ do: "take-then-hang", share: 0.01 },
			{ do: "error", share: 0.01 },
		],
		receipts: {
			deliveryMs: [20, 3_000],
			seenMs: [20, 3_000],
			batch: 10,
			retryScale: 0.002,
			quirks: { doubled: 0.1, reversed: 0.1 },
		},
	});
	house = start();
	await untilReady("the start");
}, 120_000);

afterAll(async () => {
	house.kill("SIGTERM");
	await exitOf(house);
	await fake.close();
	closeBooks();
	rmSync(dataDir, { recursive: true, force: true });
});

test("whatever of it is killed, everybody is written to once and no acknowledged receipt is lost", {
	timeout: 1_800_000,
}, async () => {
	await inTx((tx) => {
		tx.sql("UPDATE providers SET state = 'disabled'").run();
		// The demo's says that nobody else may step in.
		for (const table of ["route_steps", "routes"]) tx.sql(`DELETE FROM ${table}`).run();
	});
	await testProvider(fake.baseUrl, { bulkSize: 10, connections: 4 });
	const phones = testPhones(PEOPLE);
	const of = await testCampaign(phones);
	const rows = () =>
		readBooks((tx) =>
			tx
				.sql<{ recipient: string; state: number }>(
					"SELECT m.recipient, s.state FROM messages m JOIN message_states s ON s.id = m.id WHERE m.campaign_id = ?",
				)
				.all(of.campaignId),
		);
	const names = Object.keys(disasters);
	const order = [...names, "web killed", "web killed", "postgres killed", "web killed", "web killed", ...names];
	for (const name of order) {
		const before = fake.provider.journal.written;
		// Each falls into the middle of sending or, once all is sent, of receipts.
		await until(
			`progress before: ${name}`,
			() => fake.provider.journal.written > before || before === PEOPLE,
			READY_MS,
		);
		await pause(randomInt(600));
		await disasters[name]!();
		await untilReady(name);
	}
	const open = () =>
		rows().filter((row) => messageStateOf(row.state) !== expectedFate(row.recipient).state).length ||
		phones.length - rows().length;
	await until(`every message is where it should be`, () => open() === 0, READY_MS);
	// A receipt that was answered 200 is never sent again: one that was lost would have left its message behind.
	expect(phones.filter((phone) => fake.provider.journal.countOf(phone) !== 1)).toEqual([]);
	const { kept, counted } = recount(of.campaignId);
	expect(kept).toEqual(counted);
	expect(readBooks((tx) => tx.sql("SELECT state FROM campaigns WHERE id = ?").get(of.campaignId))).toEqual({
		state: "done",
	});
});

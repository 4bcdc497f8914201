import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { findPostmaster } from "#jobs/postgres/find-postmaster.ts";
import { stopPostgres } from "#jobs/postgres/stop-postgres.ts";
import { until } from "../../../e2e/harness/until.ts";
import { isSameProcess } from "../process-identity.ts";
import type { Running } from "../take-lock.ts";

export interface Started {
	process: ChildProcess;
	/** All that it has said. */
	said(): string;
	/** Its exit code, or the signal that ended it. */
	ended: Promise<number | string>;
}

/** A data folder for one test, and the file in which the fakes tell their story. Whatever still runs on it afterwards is ended. */
export function testFolder(): { dataDir: string; story(): string[]; cluster: string; running(): Running } {
	const folder = mkdtempSync(join(tmpdir(), "supervisor-test-"));
	chmodSync(folder, 0o755);
	const dataDir = join(folder, "data");
	const cluster = join(dataDir, "postgres/cluster");
	const running = () => JSON.parse(readFileSync(join(dataDir, "running.json"), "utf8")) as Running;
	onTestFinished(async () => {
		if (existsSync(join(dataDir, "running.json")))
			for (const child of running().children) if (isSameProcess(child)) process.kill(child.pid, "SIGKILL");
		const left = findPostmaster(cluster);
		if (left) await stopPostgres({ pid: left.pid, cluster });
		rmSync(folder, { recursive: true, force: true });
	});
	const file = join(folder, "story");
	process.env.FAKE_STORY = file;
	return {
		dataDir,
		cluster,
		running,
		story: () => (existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : []),
	};
}

/** Starts a supervisor over the fakes. */
export function startFakes(dataDir: string, settings: Record<string, string> = {}, args: string[] = []): Started {
	// By hand: Remix's types want NODE_ENV to be one of three.
	const env: Record<string, string | undefined> = {
		...process.env,
		NODE_ENV: "",
		LOG_LEVEL: "",
		PORT: "0",
		DATA_DIR: dataDir,
		JOBS_DATABASE_URL: "",
		...settings,
	};
	const child = spawn(process.execPath, ["bin/supervisor/testing/start-with-fakes.ts", ...args], {
		env: env as NodeJS.ProcessEnv,
		stdio: ["ignore", "pipe", "pipe"],
	});
	let said = "";
	for (const stream of [child.stdout, child.stderr])
		stream.on("data", (piece: Buffer) => {
			said += piece;
		});
	const ended = new Promise<number | string>((resolve) =>
		child.on("close", (code, signal) => resolve(code ?? signal!)),
	);
	onTestFinished(() => void child.kill("SIGKILL"));
	return { process: child, said: () => said, ended };
}

/** Resolves with the address once it is ready. */
export async function untilReady(started: Started): Promise<string> {
	let code: number | string | undefined;
	started.ended.then((value) => {
		code = value;
	});
	const found = await until(
		"the supervisor's word that all is ready",
		() => (code === undefined ? /ready at (http\S+)/.exec(started.said()) : "ended"),
		120_000,
	);
	if (found === "ended") throw new Error(`it ended with ${code}:\n${started.said()}`);
	return found[1]!;
}

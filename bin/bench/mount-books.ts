import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { resetEnv } from "#app/lib/env.ts";
import { forgetCluster } from "#db/cluster/cluster-state.ts";
import { onRoleChange } from "#db/cluster/on-role-change.ts";
import { watchRole } from "#db/cluster/watch-role.ts";
import { migrateBooks } from "#db/migrate.ts";
import { litefsRole } from "#db/role.ts";
import { openEpoch } from "#jobs/wire/epochs/open-epoch.ts";
import { takeEpoch } from "#jobs/wire/epochs/take-epoch.ts";
import { watchEpoch } from "#jobs/wire/epochs/watch-epoch.ts";
import { buildTool, whyNoCluster } from "../../e2e/cluster/build-tools.ts";

const config = new URL("../../litefs.static.yml", import.meta.url);
const PORT = 20_202;
const LOOK_MS = 20;

export interface Mount {
	/** Of LiteFS itself: what it costs beside us. */
	pid: number;
	/** Takes the books over as a node's first process, with the newest schema; they can be written when it resolves. */
	lead(): Promise<void>;
	close(): Promise<void>;
}

/**
 * Starts one LiteFS as litefs.static.yml has it, without the app below it, and tells this process and its children that the books are there.
 *
 * @throws Error that says in one line what is missing here.
 */
export async function mountBooks(folder: string): Promise<Mount> {
	const reason = whyNoCluster("short");
	if (reason) throw new Error(`no LiteFS can run here: ${reason}`);
	const program = buildTool("litefs");
	// An address of this process alone: LiteFS's port is the same everywhere.
	const address = `127.${64 + ((process.pid >> 16) & 63)}.${(process.pid >> 8) & 255}.${process.pid & 255}`;
	const url = `http://${address}:${PORT}`;
	const dir = join(folder, "mount");
	mkdirSync(dir);
	Object.assign(process.env, {
		LITEFS_DIR: dir,
		LITEFS_DATA_DIR: join(folder, "litefs"),
		LITEFS_URL: url,
		NODE_NAME: "bench",
		NODE_ADDRESS: address,
		NODE_CANDIDATE: "true",
		PRIMARY_NAME: "bench",
		PRIMARY_URL: url,
	});
	resetEnv();
	const own = join(folder, "litefs.yml");
	writeFileSync(own, readFileSync(config, "utf8").split(/^exec:/m, 1)[0]!);
	const log = openSync(join(folder, "litefs.log"), "a");
	const litefs = spawn(program, ["mount", "-config", own], { stdio: ["ignore", log, log] });
	const leave = () => litefs.kill("SIGKILL");
	process.once("exit", leave);
	const role = watchRole();
	await leads(litefs, join(folder, "litefs.log"));
	let epochs = { stop() {} };
	return {
		pid: litefs.pid!,
		async lead() {
			const epoch = await takeEpoch();
			migrateBooks();
			await openEpoch(epoch);
			epochs = watchEpoch();
		},
		async close() {
			epochs.stop();
			role.stop();
			// The next house's epochs begin with 1 again.
			forgetCluster();
			process.off("exit", leave);
			litefs.kill("SIGTERM");
			await gone(litefs);
			if (readFileSync("/proc/mounts", "utf8").includes(` ${dir} `)) execFileSync("fusermount3", ["-uz", dir]);
		},
	};
}

async function leads(litefs: ChildProcess, log: string): Promise<void> {
	const died = gone(litefs).then(() => {
		throw new Error(`LiteFS has ended:\n${readFileSync(log, "utf8")}`);
	});
	let timer: NodeJS.Timeout | undefined;
	const leading = new Promise<void>((resolve) => {
		const look = () => litefsRole() === "primary" && resolve();
		timer = setInterval(look, LOOK_MS);
		onRoleChange(look);
	});
	try {
		await Promise.race([leading, died]);
	} finally {
		clearInterval(timer);
		died.catch(() => {});
	}
}

function gone(litefs: ChildProcess): Promise<void> {
	if (litefs.exitCode !== null || litefs.signalCode !== null) return Promise.resolve();
	return new Promise((resolve) => litefs.once("exit", () => resolve()));
}

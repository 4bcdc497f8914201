import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findPostmaster } from "#jobs/postgres/find-postmaster.ts";
import { DATABASE_USER } from "#jobs/postgres/init-cluster.ts";
import { postgresUrl } from "#jobs/postgres/start-postgres.ts";
import { inBooks } from "./books.ts";
import { freePorts } from "./free-ports.ts";
import { copyTemplate } from "./template.ts";
import { until } from "./until.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const READY_WITHIN_MS = 400_000;
const STOP_WITHIN_MS = 60_000;

export interface App {
	/** "http://127.0.0.1:34567" */
	url: string;
	simulatorUrl: string;
	dataDir: string;
	/** Connection string of its Postgres. */
	wireUrl(): string;
	/** Everything that it has said so far. */
	log(): string;
	/** SIGTERM, waits for the end. @throws where it does not end by itself. */
	end(): Promise<void>;
	/** Ends it however it can be ended, and throws its data away. */
	stop(): Promise<void>;
}

/**
 * Starts a whole installation (books, Postgres, web, sidecar, simulator) with demo data in a folder of its own, as `npm start`
 * does, and resolves when /readyz says that it is ready. Its data is a copy of the template's, where the run has made one.
 *
 * @param hasSecondViber as people meet the demo; without it all Viber goes by the one provider whose behaviour is told by numbers, and no
 *   route names it.
 * @throws with its log where it ends or is not ready in time.
 */
export async function startApp(settings: Record<string, string> = {}, { hasSecondViber = false } = {}): Promise<App> {
	const [port, simulatorPort] = await freePorts(2);
	const dataDir = mkdtempSync(join(tmpdir(), "e2e-"));
	// Root's Postgres runs as another user, who must get in.
	chmodSync(dataDir, 0o755);
	copyTemplate(dataDir);
	const url = `http://127.0.0.1:${port}`;
	const child = spawn(process.execPath, ["bin/start.ts"], {
		cwd: root,
		env: {
			...process.env,
			// As `npm start` has it: "production" would mean an installation without the demo.
			NODE_ENV: "" as never,
			DATA_DIR: dataDir,
			HOST: "127.0.0.1",
			PORT: String(port),
			SIMULATOR_PORT: String(simulatorPort),
			PUBLIC_URL: url,
			JOBS_DATABASE_URL: "",
			...settings,
		},
		stdio: ["ignore", "pipe", "pipe"],
	});
	let said = "";
	let ended: string | undefined;
	child.stdout.on("data", (chunk: Buffer) => (said += chunk));
	child.stderr.on("data", (chunk: Buffer) => (said += chunk));
	child.once("exit", (code, signal) => (ended = `it ended with ${signal ?? code}`));

	const end = async () => {
		if (ended) return;
		child.kill("SIGTERM");
		await until("the end of the app", () => ended, STOP_WITHIN_MS);
	};
	const stop = async () => {
		await end().catch(() => child.kill("SIGKILL"));
		rmSync(dataDir, { recursive: true, force: true });
	};
	const isReady = async () => ended !== undefined || (await fetch(`${url}/readyz`)).ok;
	try {
		await until("the app to be ready", isReady, READY_WITHIN_MS);
		if (ended) throw new Error(ended);
	} catch (error) {
		await stop();
		throw new Error(`the app did not start: ${(error as Error).message}\n${said}`);
	}
	const wireUrl = () => {
		const postmaster = findPostmaster(join(dataDir, "postgres", "cluster"));
		if (!postmaster) throw new Error("the app's Postgres does not run");
		return postgresUrl(postmaster.sockets, DATABASE_USER);
	};
	const app = { url, simulatorUrl: `http://127.0.0.1:${simulatorPort}`, dataDir, wireUrl, log: () => said, end, stop };
	if (!hasSecondViber) restSecondViber(app);
	return app;
}

function restSecondViber(app: App): void {
	inBooks(app, "UPDATE providers SET state = 'disabled' WHERE adapter = 'vonage'");
	for (const table of ["route_steps", "routes"]) inBooks(app, `DELETE FROM ${table}`);
}

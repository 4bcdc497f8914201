import { resetEnv } from "#app/lib/env.ts";
import type { Options } from "./read-options.ts";

/** What the supervisor has found out goes into its own environment, for its migrations, and from there to every child. */
export function setEnv(
	options: Options,
	found: { port: number; simulatorPort: number; jobsDatabaseUrl: string },
): void {
	process.env.NODE_ENV = "production";
	process.env.DEMO = options.isDemo ? "1" : "0";
	process.env.DATA_DIR = options.dataDir;
	process.env.JOBS_DATABASE_URL = found.jobsDatabaseUrl;
	process.env.HOST = options.host;
	process.env.PORT = String(found.port);
	process.env.SIMULATOR_PORT = String(found.simulatorPort);
	if (options.isDemo) {
		// The simulator listens inside, and has in its log at once what it took.
		process.env.PROVIDER_NETWORK ||= "any";
		process.env.ASK_AFTER_MS ||= "5000";
	}
	resetEnv();
}

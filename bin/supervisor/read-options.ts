import { parseArgs } from "node:util";
import { parseEnv } from "#app/lib/env.ts";
import { PlainError } from "./plain-error.ts";
import { clusterFaults } from "./refuse-cluster.ts";

export interface Options {
	/** With the demo's accounts, whose passwords everybody knows, and the provider simulator. */
	isDemo: boolean;
	dataDir: string;
	host: string;
	/** 0: any free one. */
	port: number;
	simulatorPort: number;
	/** The simulator may take another port than the default when that is taken. */
	isSimulatorPortGiven: boolean;
	/** A Postgres of one's own; empty: the embedded one. */
	jobsDatabaseUrl: string;
	/** One of several nodes that LiteFS gives their books: whoever leads brings the stores up to date. */
	isClustered: boolean;
}

/** @throws PlainError naming the option or the variable that cannot be used. */
export function readOptions(args: string[], source: NodeJS.ProcessEnv): Options {
	const values = readArgs(args);
	let env: ReturnType<typeof parseEnv>;
	try {
		env = parseEnv(source);
	} catch (error) {
		const issues = (error as { issues?: { path: PropertyKey[]; message: string }[] }).issues;
		if (!issues) throw error;
		throw new PlainError(issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; "));
	}
	const isClustered = env.LITEFS_DIR !== undefined;
	const [fault] = isClustered ? clusterFaults(env) : [];
	if (fault) throw new PlainError(fault);
	return {
		// Asked of the environment itself: our own default for NODE_ENV must not turn the demo off.
		isDemo: !values["no-demo"] && source.DEMO !== "0" && source.NODE_ENV !== "production" && !isClustered,
		dataDir: env.DATA_DIR,
		host: env.HOST,
		port: env.PORT,
		simulatorPort: env.SIMULATOR_PORT,
		isSimulatorPortGiven: Boolean(source.SIMULATOR_PORT),
		jobsDatabaseUrl: env.JOBS_DATABASE_URL,
		isClustered,
	};
}

function readArgs(args: string[]): { "no-demo"?: boolean } {
	try {
		return parseArgs({ args, options: { "no-demo": { type: "boolean" } } }).values;
	} catch (error) {
		throw new PlainError(`${(error as Error).message.split(". ")[0]}; the only option is --no-demo`);
	}
}

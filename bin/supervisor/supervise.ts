import { buildWeb } from "#bin/build/build-web.ts";
import { endLeftovers } from "./end-leftovers.ts";
import { findPort } from "./find-port.ts";
import { joinCluster } from "./join-cluster.ts";
import { type KeptPostgres, keepPostgres } from "./keep-postgres.ts";
import { type ChildPlan, type KeptChild, keepRunning } from "./keep-running.ts";
import { leaveNow } from "./leave-now.ts";
import { PlainError } from "./plain-error.ts";
import { prepareStores } from "./prepare-stores.ts";
import type { Options } from "./read-options.ts";
import { setEnv } from "./set-env.ts";
import { type Lock, takeLock } from "./take-lock.ts";
import { waitUntilReady } from "./wait-until-ready.ts";
import { welcome } from "./welcome.ts";

const READY_WITHIN_MS = 60_000;
/** A child that dies this often before the first readiness will not do better. */
const DEATHS_AT_START = 4;
const ORPHAN_LOOK_MS = 100;
const DEAD_STREAM = "LiteFS follows a node that does not lead any more, and has not noticed: it is to be started anew";

/** The files that run beside the supervisor; tests put others in their place. */
export interface Programs {
	web: string;
	sidecar: string;
	simulator: string;
	/** Makes the pages before web starts. */
	build: typeof buildWeb;
}

const PROGRAMS: Programs = {
	web: "app/server.ts",
	sidecar: "jobs/sidecar.ts",
	simulator: "bin/simulator.ts",
	build: buildWeb,
};

/**
 * Runs an installation until `stop` is aborted: embedded Postgres, migrations, web and sidecar, and the demo's simulator. Stops them
 * in the order in which nothing is lost: the sidecar finishes what is in flight while all that it talks to still runs.
 *
 * @param hurry aborted: no more waiting for what is in flight.
 * @throws PlainError, or whatever explain() can put into one line.
 */
export async function supervise(
	options: Options,
	signals: { stop: AbortSignal; hurry: AbortSignal },
	say: (line: string) => void,
	programs = PROGRAMS,
): Promise<void> {
	const { stop, hurry } = signals;
	const bornOf = process.ppid;
	const lock = takeLock(options.dataDir);
	const leave = new AbortController();
	const started: { postgres?: KeptPostgres; children: KeptChild[] } = { children: [] };
	try {
		await endLeftovers(lock.before?.children ?? [], say);
		const port = await findPort(options.host, options.port, "PORT");
		const simulatorPort = await findSimulatorPort(options);
		await programs.build(say, stop);
		stop.throwIfAborted();
		if (!options.jobsDatabaseUrl) started.postgres = await keepPostgres(options.dataDir, say);
		setEnv(options, { port, simulatorPort, jobsDatabaseUrl: started.postgres?.url ?? options.jobsDatabaseUrl });
		stop.throwIfAborted();
		if (options.isClustered) await joinCluster(say, stop);
		// One of several nodes: its sidecar does it, once it leads.
		const { hasAdmin } = options.isClustered
			? { hasAdmin: true }
			: await prepareStores(options, `http://127.0.0.1:${simulatorPort}`);
		stop.throwIfAborted();

		const address = `http://${options.host === "127.0.0.1" || options.host === "0.0.0.0" ? "localhost" : options.host}:${port}`;
		startChildren(options, programs, started.children, lock, address, say, hurry, leave);
		const inside =
			options.host === "0.0.0.0" ? "127.0.0.1" : options.host.includes(":") ? `[${options.host}]` : options.host;
		const isHopeless = () =>
			stop.aborted ||
			leave.signal.aborted ||
			(options.isClustered && process.ppid !== bornOf) ||
			started.children.some((child) => child.deaths() >= DEATHS_AT_START);
		// A node that finds nobody who leads waits for as long as it takes.
		const withinMs = options.isClustered ? Number.POSITIVE_INFINITY : READY_WITHIN_MS;
		const isReady = await waitUntilReady(`http://${inside}:${port}/readyz`, withinMs, isHopeless);
		stop.throwIfAborted();
		if (leave.signal.aborted) throw new PlainError(DEAD_STREAM);
		if (!isReady) throw new PlainError("It did not become ready; the lines above say why");
		say(welcome(options, address, hasAdmin));
		const ends = [aborted(stop), aborted(leave.signal)];
		if (options.isClustered) ends.push(orphaned(bornOf, stop));
		await Promise.race(ends);
		if (leave.signal.aborted) throw new PlainError(DEAD_STREAM);
	} catch (error) {
		if (!stop.aborted) throw error;
	} finally {
		const isOrphan = options.isClustered && process.ppid !== bornOf;
		if (leave.signal.aborted || isOrphan) await leaveNow(started.children);
		for (const name of ["sidecar", "web", "simulator"])
			await started.children.find((child) => child.name === name)?.stop();
		await started.postgres?.stop();
		lock.release();
	}
}

async function findSimulatorPort(options: Options): Promise<number> {
	if (!options.isDemo) return 0;
	if (options.isSimulatorPortGiven) return findPort("127.0.0.1", options.simulatorPort, "SIMULATOR_PORT");
	try {
		return await findPort("127.0.0.1", options.simulatorPort, "SIMULATOR_PORT");
	} catch {
		// Nobody asked for that very one.
		return findPort("127.0.0.1", 0, "SIMULATOR_PORT");
	}
}

function startChildren(
	options: Options,
	programs: Programs,
	children: KeptChild[],
	lock: Lock,
	address: string,
	say: (line: string) => void,
	hurry: AbortSignal,
	leave: AbortController,
): void {
	const note = () => {
		const alive = children.flatMap((child) => ({ name: child.name, ...child.identity() }));
		lock.note({
			address,
			children: alive.filter((child): child is typeof child & { pid: number; began: string } => "pid" in child),
		});
	};
	const plans: ChildPlan[] = [
		{ name: "web", file: programs.web, env: {}, stopWithinMs: 15_000 },
		{ name: "sidecar", file: programs.sidecar, env: {}, stopWithinMs: 50_000 },
	];
	if (options.isDemo) plans.push({ name: "simulator", file: programs.simulator, env: {}, stopWithinMs: 5_000 });
	for (const plan of plans) children.push(keepRunning(plan, { say, change: note, leave: () => leave.abort() }));
	note();
	hurry.addEventListener("abort", () => killAll(children));
}

function killAll(children: KeptChild[]): void {
	for (const child of children) child.kill();
}

/** Whoever started us is gone: under LiteFS the books are gone with it, and another start is about to come. */
function orphaned(ppid: number, stop: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		const timer = setInterval(() => {
			if (process.ppid === ppid && !stop.aborted) return;
			clearInterval(timer);
			resolve();
		}, ORPHAN_LOOK_MS);
	});
}

function aborted(signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		if (signal.aborted) resolve();
		else signal.addEventListener("abort", () => resolve(), { once: true });
	});
}

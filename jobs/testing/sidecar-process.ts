import { type ChildProcess, fork } from "node:child_process";

/** The real sidecar as a process of its own, with this process's environment and `env` over it. */
export function startSidecar(env: Record<string, string> = {}): ChildProcess {
	return fork("jobs/sidecar.ts", [], {
		env: {
			...process.env,
			LOG_LEVEL: "error",
			NODE_ENV: "test",
			PROCESS_NAME: "sidecar",
			BACKUP_EVERY_HOURS: "0",
			...env,
		},
		stdio: ["ignore", "inherit", "inherit", "ipc"],
	});
}

/** A sending node as a process of its own: it is given no books. */
export function startSender(env: Record<string, string> = {}): ChildProcess {
	return fork("jobs/sender.ts", [], {
		env: {
			...process.env,
			LOG_LEVEL: "error",
			NODE_ENV: "test",
			PROCESS_NAME: "sender",
			DATA_DIR: "/nonexistent/no-books-here",
			...env,
		},
		stdio: ["ignore", "inherit", "inherit", "ipc"],
	});
}

/** Resolves with how it ended: its exit code, or the signal. */
export function exitOf(child: ChildProcess): Promise<number | NodeJS.Signals> {
	if (child.exitCode !== null) return Promise.resolve(child.exitCode);
	if (child.signalCode !== null) return Promise.resolve(child.signalCode);
	return new Promise((resolve) => child.once("exit", (code, signal) => resolve(code ?? signal ?? 0)));
}

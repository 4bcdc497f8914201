import { spawn } from "node:child_process";

/** Runs a program of Node's in this terminal; resolves with its exit code. */
export function runTool(command: string[]): Promise<number> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, command, { stdio: ["ignore", "inherit", "inherit"] });
		child.on("error", reject);
		child.on("close", (code) => resolve(code ?? 1));
	});
}

// Plain JavaScript without dependencies, for any Node from 18 on.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import module from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { giveUp } from "./prepare-checkout.mjs";

/** The project is written for this one; its exact version is pinned in package.json as a package of npm. */
const NODE_MAJOR = 24;

/**
 * Runs a file of ours on the project's own Node: in this process when this is it (npm puts it first in the path, so that is
 * every time but the first), else in a child that has our terminal, our signals and our exit code.
 *
 * @param {string} file relative to the project's folder, which is the working directory
 */
export async function runPinned(file) {
	const major = Number(process.versions.node.split(".")[0]);
	keepCompiled();
	if (major === NODE_MAJOR) return void (await import(pathToFileURL(file).href));
	const pinned = join("node_modules", ".bin", process.platform === "win32" ? "node.cmd" : "node");
	if (existsSync(pinned)) return runChild(pinned, file);
	if (major > NODE_MAJOR) return void (await import(pathToFileURL(file).href));
	giveUp(
		`Node ${NODE_MAJOR} is needed, this is ${process.versions.node}, and npm has none for ${process.platform}-${process.arch}: install Node ${NODE_MAJOR} and try again`,
	);
}

/** What Node has stripped of types and compiled is kept for the next start, ours and our children's: a start is mostly that. */
function keepCompiled() {
	process.env.NODE_COMPILE_CACHE ??= join(process.cwd(), "node_modules", ".cache", "node");
	// Not on older Nodes, whose child reads the variable by itself.
	module.enableCompileCache?.(process.env.NODE_COMPILE_CACHE);
}

/**
 * @param {string} node
 * @param {string} file
 */
function runChild(node, file) {
	// The channel tells the child when we are gone, even by kill -9.
	const child = spawn(node, [file, ...process.argv.slice(2)], { stdio: ["inherit", "inherit", "inherit", "ipc"] });
	for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]))
		process.on(signal, () => child.kill(signal));
	child.on("error", (error) =>
		giveUp(`${node} does not run on this machine (${error.message}): install Node ${NODE_MAJOR}`),
	);
	child.on("close", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

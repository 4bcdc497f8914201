import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const SOURCES = ["app", "public", "bin/build", "vite.config.ts", "tsconfig.json", "package-lock.json"];
/** Written last: a build that was broken off has none, and is made again. */
const MARK = join(root, "build", "sources.sha256");

/**
 * Builds the pages unless they are built from these very sources already.
 *
 * @throws Error with the last lines of what the build said.
 */
export async function buildWeb(say: (line: string) => void, signal?: AbortSignal): Promise<void> {
	const sources = hashSources();
	if (existsSync(MARK) && readFileSync(MARK, "utf8") === sources) return;
	say("Building the pages (the sources are new; half a minute) …");
	rmSync(MARK, { force: true });
	await runBuild(signal);
	writeFileSync(MARK, sources);
}

function hashSources(): string {
	const hash = createHash("sha256");
	for (const path of SOURCES.flatMap((source) => filesAt(source)).sort())
		hash
			.update(path)
			.update("\0")
			.update(readFileSync(join(root, path)))
			.update("\0");
	return hash.digest("hex");
}

/** Paths relative to the project, of everything at or below this one that a build reads. */
function filesAt(path: string): string[] {
	const full = join(root, path);
	if (!existsSync(full)) return [];
	if (!statSync(full).isDirectory()) return /\.test\.tsx?$/.test(path) ? [] : [path];
	return readdirSync(full).flatMap((name) => filesAt(join(path, name)));
}

function runBuild(signal: AbortSignal | undefined): Promise<void> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, ["node_modules/@remix-run/dev/dist/cli.js", "vite:build"], {
			cwd: root,
			env: { ...process.env, NODE_ENV: "production" },
			stdio: ["ignore", "pipe", "pipe"],
			signal,
		});
		let said = "";
		for (const stream of [child.stdout, child.stderr])
			stream.on("data", (piece: Buffer) => {
				said = (said + piece).slice(-4_000);
			});
		child.on("error", reject);
		child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(`the pages could not be built:\n${said}`))));
	});
}

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findChromium } from "./find-chromium.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const SOURCES = ["app", "vite.config.ts", "bin/build", "package-lock.json"];

/** Vitest's global set-up: the pages are built from the sources as they are now, once for all files. */
export default function buildOnce(): void {
	if (!findChromium()) throw new Error("the stories need a browser: install Chromium, or set CHROMIUM to its path");
	const built = join(root, "build/server/index.js");
	if (existsSync(built) && newest(SOURCES.map((path) => join(root, path))) < statSync(built).mtimeMs) return;
	const run = spawnSync(process.execPath, ["node_modules/@remix-run/dev/dist/cli.js", "vite:build"], {
		cwd: root,
		encoding: "utf8",
		env: { ...process.env, NODE_ENV: "production" },
	});
	if (run.status !== 0) throw new Error(`the build failed:\n${run.stdout}\n${run.stderr}`);
}

/** Unix ms of the youngest file at or below the paths. */
function newest(paths: string[]): number {
	let youngest = 0;
	for (const path of paths) {
		if (!existsSync(path)) continue;
		const stat = statSync(path);
		const children = stat.isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [];
		youngest = Math.max(youngest, stat.mtimeMs, children.length > 0 ? newest(children) : 0);
	}
	return youngest;
}

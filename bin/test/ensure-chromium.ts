import { spawnSync } from "node:child_process";
import { findChromium } from "../../e2e/harness/find-chromium.ts";

/**
 * Installs Chromium where the stories would find none: from the distribution, where that can be done without asking.
 *
 * @throws Error in one line where it cannot.
 */
export async function ensureChromium(): Promise<void> {
	if (findChromium()) return;
	const help = "the stories need a browser: install Chromium, or set CHROMIUM to its path";
	if (process.getuid?.() !== 0 || spawnSync("apt-get", ["--version"]).status !== 0) throw new Error(help);
	console.log("Installing Chromium by apt-get (once; the stories run in it) …");
	apt("update");
	// With letters for all four languages: pages are measured with real words in them.
	const install = (browser: string) => apt("install", "--yes", "--no-install-recommends", browser, "fonts-noto-core");
	// The shell does the same pages for half of the work; not every distribution has it.
	try {
		install("chromium-headless-shell");
	} catch {
		install("chromium");
	}
	if (!findChromium()) throw new Error(help);
}

function apt(...args: string[]): void {
	const run = spawnSync("apt-get", ["--quiet=2", ...args], {
		encoding: "utf8",
		env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
	});
	if (run.status !== 0) throw new Error(`apt-get ${args[0]} failed: ${(run.stderr ?? "").trim().split("\n").pop()}`);
}

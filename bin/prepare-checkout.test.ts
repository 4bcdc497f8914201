import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

let checkout: string;

/** A checkout of two packages, one of them for another machine, and a start that says which Node runs it. */
beforeEach(() => {
	checkout = mkdtempSync(join(tmpdir(), "checkout-"));
	mkdirSync(join(checkout, "bin"));
	for (const name of ["start.mjs", "prepare-checkout.mjs", "run-pinned.mjs"])
		copyFileSync(new URL(name, import.meta.url), join(checkout, "bin", name));
	writeFileSync(join(checkout, "bin/start.ts"), "console.log('started with', process.argv.slice(2).join(' '));");
	writeFileSync(join(checkout, "package.json"), JSON.stringify({ type: "module" }));
	writeLock("package-lock.json", "1.0.0");
});

afterEach(() => rmSync(checkout, { recursive: true, force: true }));

function writeLock(path: string, version: string): void {
	const packages = {
		"node_modules/a": { version, integrity: `sha512-${version}` },
		"node_modules/elsewhere": { version, integrity: "sha512-x", optional: true, os: ["aix"], cpu: ["s390"] },
	};
	writeFileSync(join(checkout, path), JSON.stringify({ packages: { "": {}, ...packages } }));
}

/** Runs the checkout's start with an npm of ours, which fails with these words or else installs what the lock file says. */
function start(npmFails = "", nodeOptions: string[] = []): { code: number | null; said: string } {
	const npm = join(checkout, "npm.mjs");
	writeFileSync(
		npm,
		`import { copyFileSync, mkdirSync, appendFileSync } from "node:fs";
		appendFileSync("npm-calls", process.argv.slice(2, 3) + "\\n");
		const words = ${JSON.stringify(npmFails)};
		if (words) { console.error(words); process.exit(1); }
		mkdirSync("node_modules", { recursive: true });
		copyFileSync("package-lock.json", "node_modules/.package-lock.json");`,
	);
	const run = spawnSync(process.execPath, [...nodeOptions, "bin/start.mjs", "--no-demo"], {
		cwd: checkout,
		encoding: "utf8",
		env: { ...process.env, npm_execpath: npm },
	});
	return { code: run.status, said: run.stdout + run.stderr };
}

function npmCalls(): string[] {
	return readFileSync(join(checkout, "npm-calls"), "utf8").trim().split("\n");
}

const INSTALLING = "Installing the packages of package-lock.json (once; a minute or two) …\n";

test("the first start installs and says so, the second does not, a new lock file does again", () => {
	expect(start()).toEqual({ code: 0, said: `${INSTALLING}started with --no-demo\n` });
	expect(start()).toEqual({ code: 0, said: "started with --no-demo\n" });
	writeLock("package-lock.json", "1.0.1");
	expect(start()).toEqual({ code: 0, said: `${INSTALLING}started with --no-demo\n` });
	expect(npmCalls()).toEqual(["ci", "ci"]);
});

test("half an install is installed again", () => {
	start();
	rmSync(join(checkout, "node_modules/.package-lock.json"));
	expect(start().said).toContain(INSTALLING);
});

test.each([
	["npm error code EAI_AGAIN\nnpm error network request failed", /npm cannot reach its registry/],
	["npm error code ECONNREFUSED", /npm cannot reach its registry/],
	["npm ERR! code ENOSPC\nnpm ERR! nospc ENOSPC: no space left on device, write", /the disk is full/],
	["npm error code EACCES\nnpm error syscall mkdir", /this user may not write to/],
	[
		"npm error code ETARGET\nnpm error notarget No matching version found for a@9.",
		/No matching version found for a@9\./,
	],
])("what keeps npm from installing is told in one line: %s", (words, expected) => {
	const { code, said } = start(words);
	expect(code).toBe(1);
	const [first, line, ...rest] = said.trimEnd().split("\n");
	expect(`${first}\n`).toBe(INSTALLING);
	expect(line).toMatch(expected);
	expect(rest).toEqual([]);
});

test("an old Node is told which one is needed, before anything is installed", () => {
	const old = 'data:text/javascript,Object.defineProperty(process.versions,"node",{value:"16.20.2"})';
	expect(start("", ["--import", old])).toEqual({
		code: 1,
		said: "Node 16.20.2 is too old to install with: Node 18 or newer is needed\n",
	});
});

test("a machine that npm has no Node for is told so", () => {
	const older = 'data:text/javascript,Object.defineProperty(process.versions,"node",{value:"20.1.0"})';
	const { code, said } = start("", ["--import", older]);
	expect(code).toBe(1);
	expect(said.replace(INSTALLING, "")).toMatch(
		/^Node 24 is needed, this is 20\.1\.0, and npm has none for \S+: install Node 24 and try again\n$/,
	);
});

test("the lock file lists the optional packages of every platform: npm ci refuses one that does not", () => {
	const lock = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8")) as {
		packages: Record<string, { optionalDependencies?: Record<string, string> }>;
	};
	const missing = Object.entries(lock.packages).flatMap(([path, entry]) =>
		Object.keys(entry.optionalDependencies ?? {}).filter(
			(name) => !lock.packages[`${path}/node_modules/${name}`] && !lock.packages[`node_modules/${name}`],
		),
	);
	expect(missing).toEqual([]);
});

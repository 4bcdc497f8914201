import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { explain } from "./plain-error.ts";
import { startFakes, testFolder, untilReady } from "./testing/start-fakes.ts";

const isRoot = process.getuid?.() === 0;
const WITHIN = { timeout: 240_000 };

/** A small file system of memory at `folder`, gone after the test. Only root may. */
function mountMemory(folder: string, options: string): void {
	mkdirSync(folder, { recursive: true });
	execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder]);
	onTestFinished(() => void execFileSync("umount", ["-l", folder]));
}

async function refusal(dataDir: string, settings: Record<string, string> = {}, args: string[] = []): Promise<string> {
	const one = startFakes(dataDir, settings, args);
	expect(await one.ended).toBe(1);
	return one.said().trim();
}

test("a taken port", WITHIN, async () => {
	const { dataDir } = testFolder();
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	onTestFinished(() => void server.close());
	const { port } = server.address() as { port: number };
	expect(await refusal(dataDir, { PORT: String(port) })).toBe(
		`Port ${port} is taken by another program: stop it, or choose another port with PORT=…`,
	);
	expect(await refusal(dataDir, { SIMULATOR_PORT: String(port) })).toMatch(/^Port \d+ is taken .* SIMULATOR_PORT=…$/);
});

test("a host that is not this machine", WITHIN, async () => {
	const { dataDir } = testFolder();
	// 192.0.2.0/24 is for documentation and belongs to nobody (RFC 5737).
	expect(await refusal(dataDir, { HOST: "192.0.2.1" })).toBe("192.0.2.1 is not an address of this machine: mend HOST");
});

test("variables and options that cannot be used", WITHIN, async () => {
	const { dataDir } = testFolder();
	expect(await refusal(dataDir, { PORT: "many" })).toMatch(/^PORT: .*number.*$/);
	expect(await refusal(dataDir, {}, ["--nodemo"])).toBe("Unknown option '--nodemo'; the only option is --no-demo");
});

test("a folder that it may not write to", WITHIN, async () => {
	const { dataDir } = testFolder();
	const folder = dirname(dataDir);
	const closed = join(folder, "closed");
	// Root may write anywhere but to what is mounted for reading only.
	if (isRoot) mountMemory(closed, "ro");
	else {
		mkdirSync(closed);
		chmodSync(closed, 0o555);
	}
	const expected = new RegExp(
		`^This user may not write to ${closed}\\S*: give it the right, or set DATA_DIR to another folder$`,
	);
	expect(await refusal(join(closed, "data"))).toMatch(expected);
	expect(await refusal(closed)).toMatch(expected);
});

test("a file where the data folder should be", WITHIN, async () => {
	const { dataDir } = testFolder();
	writeFileSync(dataDir, "");
	expect(await refusal(dataDir)).toBe(`${dataDir} is not a folder`);
});

test.skipIf(!isRoot && !process.env.CI)("a full disk, whatever it is that finds no room", WITHIN, async () => {
	for (const size of ["16k", "1m", "30m"]) {
		const { dataDir } = testFolder();
		mountMemory(dataDir, `size=${size},mode=0755`);
		expect(await refusal(dataDir), size).toBe(`The disk is full: ${dataDir} needs some room`);
	}
	const { dataDir } = testFolder();
	mountMemory(dataDir, "size=64m,mode=0755");
	const first = startFakes(dataDir);
	await untilReady(first);
	first.process.kill("SIGTERM");
	expect(await first.ended).toBe(0);
	expect(() => writeFileSync(join(dataDir, "filling"), Buffer.alloc(64 * 1024 * 1024))).toThrow(/ENOSPC/);
	expect(await refusal(dataDir)).toBe(`The disk is full: ${dataDir} needs some room`);
});

test("a Postgres of one's own that does not answer", WITHIN, async () => {
	const { dataDir } = testFolder();
	const said = await refusal(dataDir, { JOBS_DATABASE_URL: "postgresql://x@127.0.0.1:1/x" });
	expect(said.split("\n").pop()).toMatch(/^Postgres cannot be reached by JOBS_DATABASE_URL: .*ECONNREFUSED.*$/);
});

test("the demo and a real installation never share a folder, and production has no demo", {
	timeout: 240_000,
}, async () => {
	const { dataDir } = testFolder();
	const real = startFakes(dataDir, { NODE_ENV: "production" });
	await untilReady(real);
	real.process.kill("SIGTERM");
	await real.ended;
	expect(real.said()).toContain("There is no admin yet: run `npm run create-admin -- --login NAME`");
	expect(real.said()).not.toContain("Demo");
	const demo = startFakes(dataDir);
	await untilReady(demo);
	demo.process.kill("SIGTERM");
	await demo.ended;
	expect(demo.said()).toContain("demo-client-2026");
	for (const args of [["--no-demo"], []])
		expect(await refusal(dataDir, { DEMO: args.length ? "" : "0" }, args)).toMatch(
			/holds the demo, whose passwords everybody knows/,
		);
});

test("what is no failure of the system is not explained away", () => {
	expect(explain(new TypeError("x is not a function"), "/data")).toBeUndefined();
	expect(explain(Object.assign(new Error("database or disk is full"), { code: "SQLITE_FULL" }), "/data")).toBe(
		"The disk is full: /data needs some room",
	);
});

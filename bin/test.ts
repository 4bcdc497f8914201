import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildWeb } from "./build/build-web.ts";
import { addTally, countTests, type Tally } from "./test/count-tests.ts";
import { ensureChromium } from "./test/ensure-chromium.ts";
import { runTool } from "./test/run-tool.ts";

interface Stage {
	name: string;
	/** What its tests came to; a stage without tests counts nothing while it passes. */
	run(): Promise<Tally & { isGood: boolean }>;
}

const NONE: Tally = { passed: 0, failed: 0, skipped: 0 };
const reports = mkdtempSync(join(tmpdir(), "test-reports-"));

function tool(...command: string[]): Stage["run"] {
	return async () => ({ ...NONE, isGood: (await runTool(command)) === 0 });
}

function tests(name: string, ...options: string[]): Stage["run"] {
	return async () => {
		const report = join(reports, `${name}.json`);
		const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
		const code = await runTool(["node_modules/vitest/vitest.mjs", "run", ...options, ...reporters]);
		return { ...countTests(report), isGood: code === 0 };
	};
}

function step(run: () => Promise<void>): Stage["run"] {
	return async () => {
		try {
			await run();
			return { ...NONE, isGood: true };
		} catch (error) {
			console.error((error as Error).message);
			return { ...NONE, isGood: false };
		}
	};
}

/** Nodes with real LiteFS, where they can run; under CI=true they must (e2e/cluster/prepare-short.ts). */
let canCluster = false;
const clusterTests = tests("cluster", "--config", "vitest.replication.config.ts", "e2e/cluster/short.replication.ts");

async function prepareCluster(): ReturnType<Stage["run"]> {
	const code = await runTool(["e2e/cluster/prepare-short.ts"]);
	canCluster = code === 0;
	return { ...NONE, isGood: code === 0 || code === 3 };
}

/** What stands in one round runs side by side: a check on one processor while tests wait for what they have started. */
const rounds: Stage[][] = [
	[{ name: "browser", run: step(ensureChromium) }],
	[
		// Before the tests: some of them start the real web process.
		{ name: "build", run: step(() => buildWeb((line) => console.log(line))) },
		{ name: "format", run: tool("node_modules/@biomejs/biome/bin/biome", "check", ".") },
		{ name: "lint", run: tool("bin/lint.ts") },
		{ name: "litefs", run: prepareCluster },
	],
	[
		{ name: "types", run: tool("node_modules/typescript/bin/tsc", "--noEmit") },
		{ name: "cluster", run: async () => (canCluster ? clusterTests() : { ...NONE, isGood: true }) },
	],
	[{ name: "tests", run: tests("unit") }],
	[{ name: "stories", run: tests("stories", "--config", "vitest.e2e.config.ts") }],
];

const lines: string[] = [];
let total = NONE;
let isGood = true;

async function runStage(stage: Stage): Promise<void> {
	const startedAt = Date.now();
	const result = await stage.run();
	isGood &&= result.isGood;
	// A stage that fails without a failed test (types, lint, a file that cannot be loaded) is one failure.
	total = addTally(total, { ...result, failed: result.isGood ? result.failed : Math.max(1, result.failed) });
	const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
	const counted = result.passed + result.failed > 0 ? ` ${result.passed} passed, ${result.failed} failed` : "";
	const skipped = result.skipped > 0 ? `, ${result.skipped} skipped` : "";
	const word = result.isGood ? "ok    " : "FAILED";
	lines.push(`${word} ${stage.name.padEnd(8)} ${seconds.padStart(6)} s${counted}${skipped}`);
}

const startedAt = Date.now();
for (const round of rounds) {
	if (!isGood) {
		lines.push(...round.map(({ name }) => `not run ${name}`));
		continue;
	}
	console.log(`\n── ${round.map(({ name }) => name).join(", ")}`);
	await Promise.all(round.map(runStage));
}
rmSync(reports, { recursive: true, force: true });
lines.push(`       all      ${((Date.now() - startedAt) / 1000).toFixed(1).padStart(6)} s`);
console.log(`\n${lines.join("\n")}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(isGood ? 0 : 1);

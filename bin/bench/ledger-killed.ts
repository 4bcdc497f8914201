import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { print } from "./print.ts";

const TEST = "app/modules/ledger/killed-processes.test.ts";

/**
 * Random operations of several processes on one file of books, killed at random, against a naive model: the test of it with as many
 * operations and deaths as one likes.
 *
 * @throws Error where the test fails.
 */
export async function benchLedgerKilled(operations: number, deaths: number): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), "bench-ledger-killed-"));
	const report = join(folder, "report.json");
	try {
		const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
		const env = { LEDGER_OPERATIONS: String(operations), LEDGER_DEATHS: String(deaths), LEDGER_REPORT: report };
		const child = spawn(process.execPath, [vitest, "run", TEST], {
			stdio: ["ignore", "ignore", "inherit"],
			env: { ...process.env, ...env },
		});
		const [code] = (await once(child, "close")) as [number | null];
		if (code !== 0) throw new Error(`${TEST} ended with ${code}: run it by itself to see why`);
		print({ bench: "ledger-killed", ...(JSON.parse(readFileSync(report, "utf8")) as object) });
	} finally {
		rmSync(folder, { recursive: true });
	}
}

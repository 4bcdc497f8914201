import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { whyNoCluster } from "../../e2e/cluster/build-tools.ts";
import { print } from "./print.ts";

const TEST = "e2e/cluster/latency.replication.ts";

/**
 * What replication costs in time: the run of it on three nodes with real LiteFS, with as many samples and people as one likes. Where no such nodes
 * can run, the line says what is missing.
 *
 * @throws Error where the run fails.
 */
export async function benchReplication(samples: number, people: number): Promise<void> {
	const missing = whyNoCluster("whole");
	if (missing) {
		print({ bench: "replication", missing });
		return;
	}
	const folder = mkdtempSync(join(tmpdir(), "bench-replication-"));
	const report = join(folder, "report.jsonl");
	try {
		const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
		const sizes = {
			REPLICATION_SAMPLES: String(samples),
			REPLICATION_PEOPLE: String(people),
			REPLICATION_REPORT: report,
		};
		const child = spawn(process.execPath, [vitest, "run", "--config", "vitest.replication.config.ts", TEST], {
			stdio: ["ignore", "ignore", "inherit"],
			env: { ...process.env, ...sizes },
		});
		const [code] = (await once(child, "close")) as [number | null];
		if (code !== 0) throw new Error(`${TEST} ended with ${code}: run it by itself to see why`);
		for (const line of readFileSync(report, "utf8").split("\n").filter(Boolean))
			print(JSON.parse(line) as Record<string, unknown>);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

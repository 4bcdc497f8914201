import { defineConfig } from "vitest/config";
import { longestFirst } from "./bin/test/longest-first.ts";

export default defineConfig({
	test: {
		include: ["app/**/*.test.{ts,tsx}", "db/**/*.test.ts", "jobs/**/*.test.ts", "bin/**/*.test.ts"],
		globalSetup: ["jobs/testing/start-test-postgres.ts", "db/testing/make-books-template.ts"],
		// The fakes listen inside.
		env: { NODE_ENV: "test", LOG_LEVEL: "silent", PROVIDER_NETWORK: "any" },
		pool: "forks",
		// More than processors: the long files wait for processes that they have started and killed.
		maxWorkers: 3,
		minWorkers: 1,
		sequence: {
			sequencer: longestFirst(
				...[
					"kill-sidecar.test.ts",
					"killed-processes.test.ts",
					"supervise.test.ts",
					"jobs/chaos.test.ts",
					"kill-fallback.test.ts",
					"server/server.test.ts",
				],
				...["refusals.test.ts", "start-postgres.test.ts", "jobs/deliver.test.ts", "week.test.ts", "own-ids.test.ts"],
			),
		},
		// Nets for what hangs, not measures: they stretch with whatever else the machine does.
		testTimeout: 300_000,
		hookTimeout: 300_000,
		expect: { poll: { timeout: 240_000 } },
	},
});

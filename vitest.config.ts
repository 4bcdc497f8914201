import { defineConfig } from "vitest/config";
import { longestFirst } from "./bin/test/longest-first.ts";

export default defineConfig({
	test: {
		include: ["app/**/*.test.{ts,tsx}", "db/**/*.test.ts", "jobs/**/*.test.ts", "bin/**/*.test.ts"],
		globalSetup: ["jobs/testing/start-test-postgres.ts"],
		// The fakes listen inside.
		env: { NODE_ENV: "test", LOG_LEVEL: "silent", PROVIDER_NETWORK: "any" },
		pool: "forks",
		maxWorkers: 2,
		minWorkers: 1,
		sequence: { sequencer: longestFirst("kill-sidecar.test.ts", "supervise.test.ts", "refusals.test.ts") },
		// Nets for what hangs, not measures: they stretch with whatever else the machine does.
		testTimeout: 120_000,
		hookTimeout: 120_000,
		expect: { poll: { timeout: 60_000 } },
	},
});

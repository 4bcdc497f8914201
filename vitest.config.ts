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
		testTimeout: 30_000,
		hookTimeout: 60_000,
	},
});

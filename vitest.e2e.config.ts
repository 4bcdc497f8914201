import { defineConfig } from "vitest/config";

/** Stories in a real browser against the real thing: one file at a time, because each starts an installation of its own. */
export default defineConfig({
	test: {
		include: ["e2e/**/*.e2e.ts"],
		globalSetup: ["e2e/harness/build-once.ts"],
		pool: "forks",
		fileParallelism: false,
		testTimeout: 90_000,
		hookTimeout: 90_000,
	},
});

import { defineConfig } from "vitest/config";

/** Real LiteFS, Consul and nodes in networks of their own: one file at a time, because there is one cluster on a machine. */
export default defineConfig({
	test: {
		include: ["e2e/cluster/**/*.replication.ts"],
		globalSetup: ["e2e/cluster/build-pages.ts"],
		env: { LOG_LEVEL: "silent", PROVIDER_NETWORK: "any" },
		pool: "forks",
		fileParallelism: false,
		testTimeout: 1_800_000,
		hookTimeout: 900_000,
	},
});

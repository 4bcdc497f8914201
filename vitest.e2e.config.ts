import { defineConfig } from "vitest/config";
import { longestFirst } from "./bin/test/longest-first.ts";

/** Stories in a real browser against the real thing: four files at a time, which wait more than they work, each with an installation of its own. */
export default defineConfig({
	test: {
		include: ["e2e/**/*.e2e.ts"],
		globalSetup: ["e2e/harness/build-once.ts"],
		pool: "forks",
		maxWorkers: 4,
		minWorkers: 1,
		sequence: {
			sequencer: longestFirst(
				...["pages.e2e.ts", "strangers.e2e.ts", "send-campaign.e2e.ts", "chaos.e2e.ts", "team.e2e.ts", "blocks.e2e.ts"],
				...["change-campaign.e2e.ts", "people.e2e.ts", "enter.e2e.ts", "accounts.e2e.ts", "bad-input.e2e.ts"],
			),
		},
		// Nets for what hangs, not measures: they stretch with whatever else the machine does.
		testTimeout: 400_000,
		hookTimeout: 900_000,
	},
});

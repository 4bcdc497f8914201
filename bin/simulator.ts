/**
 * `node bin/simulator.ts [--journal FILE]`: the demo's provider, a stand-in for Infobip on SIMULATOR_PORT. What it can be
 * told: docs/simulator.md. Says its address on standard output once it listens; SIGTERM stops it, and
 * so does the end of the supervisor that started it.
 */
import { parseArgs } from "node:util";
import { startFake } from "#app/channels/viber/infobip/fake.ts";
import { env } from "#app/lib/env.ts";
import { onStop } from "#app/lib/stop-with-parent.ts";

const { values } = parseArgs({ options: { journal: { type: "string" } } });

try {
	const fake = await startFake({ port: env().SIMULATOR_PORT, journalPath: values.journal });
	console.log(`simulator listens on ${fake.baseUrl}`);
	onStop(() => fake.close());
} catch (error) {
	console.error(`the simulator cannot start: ${(error as Error).message}`);
	process.exitCode = 1;
}

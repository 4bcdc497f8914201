/**
 * `node bin/simulator.ts [--journal FILE]`: the demo's providers, stand-ins for Infobip, Vonage and Twilio on SIMULATOR_PORT. What
 * they can be told: docs/simulator.md. Says its address on standard output once it listens; SIGTERM stops it, and
 * so does the end of the supervisor that started it.
 */
import { parseArgs } from "node:util";
import { env } from "#app/lib/env.ts";
import { onStop } from "#app/lib/stop-with-parent.ts";
import { startSimulator } from "./simulator/start-simulator.ts";

const { values } = parseArgs({ options: { journal: { type: "string" } } });

try {
	const simulator = await startSimulator({ port: env().SIMULATOR_PORT, journalPath: values.journal });
	console.log(`simulator listens on ${simulator.baseUrl}`);
	onStop(() => simulator.close());
} catch (error) {
	console.error(`the simulator cannot start: ${(error as Error).message}`);
	process.exitCode = 1;
}

import type { ChildProcess } from "node:child_process";
import { type Fake, startFake } from "#app/channels/viber/infobip/fake.ts";
import { addRoute } from "#app/modules/routing/testing/add-routing.ts";
import { testProvider } from "#db/testing/campaign.ts";
import { inTx } from "#db/tx.ts";
import { readHealth } from "../wire/provider-health.ts";
import { startCallbackServer } from "./callback-server.ts";
import { startOwnPostgres } from "./own-postgres.ts";
import { exitOf, startSidecar } from "./sidecar-process.ts";

/** What was seen of a provider while the test ran. */
export interface SeenHealth {
	lowest: number;
	breakers: Set<string>;
	now: { factor: number; breaker: string };
}

/** Three providers that share a route, a sidecar that comes back whenever it dies, and a Postgres that can be restarted. */
export interface ChaosHouse {
	fakes: readonly Fake[];
	providerIds: readonly number[];
	seen: Map<number, SeenHealth>;
	/** kill -9; another starts at once. */
	kill(): Promise<void>;
	restartPostgres(): Promise<void>;
	close(): Promise<void>;
}

const LOOK_MS = 100;

export async function openChaosHouse(environment: Record<string, string>): Promise<ChaosHouse> {
	const postgres = await startOwnPostgres();
	const callbacks = await startCallbackServer();
	const fakes = await Promise.all([1, 2, 3].map(() => startFake({ apiKey: "test-key" })));
	const providerIds: number[] = [];
	for (const { baseUrl } of fakes) providerIds.push(await testProvider(baseUrl, { bulkSize: 50, connections: 4 }));
	const seen = new Map<number, SeenHealth>();
	const look = setInterval(() => {
		// It is away while it restarts.
		readHealth().then(
			({ healths }) => {
				for (const [providerId, { factor, breaker }] of healths) {
					const of = seen.get(providerId) ?? { lowest: 1, breakers: new Set(), now: { factor: 1, breaker: "closed" } };
					seen.set(providerId, of);
					of.lowest = Math.min(of.lowest, factor);
					of.breakers.add(breaker.state);
					of.now = { factor, breaker: breaker.state };
				}
			},
			() => {},
		);
	}, LOOK_MS);
	let isClosing = false;
	let sidecar: ChildProcess;
	const start = () => {
		sidecar = startSidecar({ ...environment, PUBLIC_URL: callbacks.url });
		sidecar.once("exit", () => isClosing || start());
	};
	start();
	return {
		fakes,
		providerIds,
		seen,
		async kill() {
			const dying = sidecar;
			dying.kill("SIGKILL");
			await exitOf(dying);
		},
		restartPostgres: () => postgres.restart(),
		async close() {
			isClosing = true;
			clearInterval(look);
			sidecar.kill("SIGTERM");
			await exitOf(sidecar);
			await Promise.all(fakes.map((fake) => fake.close()));
			await callbacks.close();
			await postgres.close();
		},
	};
}

/** All three share everybody's Viber messages alike; call it once the root account is there. */
export async function shareAlike(providerIds: readonly number[]): Promise<void> {
	await inTx((tx) => {
		addRoute(
			tx,
			{ accountId: 1, branch: 1, channel: "viber" },
			providerIds.map((providerId) => [providerId, 1, 1]),
		);
	});
}

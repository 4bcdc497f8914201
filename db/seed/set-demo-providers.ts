import { FAKE_KEY as TWILIO_KEY } from "#app/channels/twilio/fake.ts";
import { SIMULATOR_API_KEY } from "#app/channels/viber/infobip/fake.ts";
import { FAKE_KEY as VONAGE_KEY } from "#app/channels/vonage/fake.ts";
import { seal, unseal } from "#app/lib/secrets.server.ts";
import type { Tx } from "#db/tx.ts";

interface DemoProvider {
	name: string;
	adapter: string;
	channel: "viber" | "sms";
	/** Where the simulator has it. */
	path: string;
	key: Record<string, string>;
	bulkSize: number;
	connections: number;
	/** Of one message, in micro-units: to Ukraine, and elsewhere. */
	costs: { UA: number; "": number };
	/** Of the demo's route for Viber: its share of 100. */
	weight?: number;
}

const DEMO_PROVIDERS: readonly DemoProvider[] = [
	{
		...{ name: "Simulator", adapter: "infobip-viber", channel: "viber", path: "", key: { apiKey: SIMULATOR_API_KEY } },
		...{ bulkSize: 100, connections: 16, costs: { UA: 8_300, "": 12_000 }, weight: 70 },
	},
	{
		...{ name: "Demo Vonage", adapter: "vonage", channel: "viber", path: "/vonage", key: VONAGE_KEY },
		...{ bulkSize: 1, connections: 16, costs: { UA: 9_500, "": 11_000 }, weight: 30 },
	},
	{
		...{ name: "Demo Twilio", adapter: "twilio", channel: "sms", path: "/twilio", key: TWILIO_KEY },
		...{ bulkSize: 1, connections: 16, costs: { UA: 42_000, "": 60_000 } },
	},
];

/**
 * Writes the demo's providers, their costs and the route by which the two for Viber share, or turns them to where the simulator listens
 * today. What somebody has changed of them stays: costs and the route come with a provider that is new.
 *
 * @returns the channels of those that are new.
 */
export function setDemoProviders(tx: Tx, accountId: number, simulatorUrl: string): string[] {
	const added = DEMO_PROVIDERS.filter((provider) => setProvider(tx, accountId, provider, simulatorUrl + provider.path));
	if (added.some(({ weight }) => weight)) addRoute(tx, accountId);
	return added.map(({ channel }) => channel);
}

/** @returns whether it is new. */
function setProvider(tx: Tx, accountId: number, provider: DemoProvider, baseUrl: string): boolean {
	const wanted = JSON.stringify({ baseUrl, ...provider.key });
	const row = tx
		.sql<{ id: number; settings: string }>(
			"SELECT id, sealed_settings AS settings FROM providers WHERE account_id = ? AND name = ?",
		)
		.get(accountId, provider.name);
	const id = row?.id ?? addProvider(tx, accountId, provider);
	if (!row || unseal(row.settings, `provider:${id}`) !== wanted)
		tx.sql("UPDATE providers SET sealed_settings = ? WHERE account_id = ? AND id = ?").run(
			seal(wanted, `provider:${id}`),
			accountId,
			id,
		);
	return !row;
}

/** Without settings yet: they are sealed for the row's own id. */
function addProvider(tx: Tx, accountId: number, provider: DemoProvider): number {
	const { name, adapter, channel, bulkSize, connections, costs } = provider;
	const { lastInsertRowid } = tx
		.sql(
			"INSERT INTO providers (account_id, name, adapter, channel, state, sealed_settings, bulk_size, connections, created_at_utc) VALUES (?, ?, ?, ?, 'active', '', ?, ?, ?)",
		)
		.run(accountId, name, adapter, channel, bulkSize, connections, Date.now());
	const id = Number(lastInsertRowid);
	for (const [country, micros] of Object.entries(costs))
		tx.sql("INSERT INTO provider_costs (account_id, provider_id, country, cost_micros) VALUES (?, ?, ?, ?)").run(
			accountId,
			id,
			country,
			micros,
		);
	return id;
}

/** Everybody's Viber, shared by weight. Where somebody has made such a route, theirs holds. */
function addRoute(tx: Tx, accountId: number): void {
	const { changes, lastInsertRowid } = tx
		.sql(
			"INSERT INTO routes (account_id, channel, branch_account_id, created_at_utc) VALUES (?, 'viber', ?, ?) ON CONFLICT DO NOTHING",
		)
		.run(accountId, accountId, Date.now());
	if (changes === 0) return;
	for (const { name, weight } of DEMO_PROVIDERS)
		if (weight)
			tx.sql(
				"INSERT INTO route_steps (account_id, route_id, provider_id, tier, weight) SELECT account_id, ?, id, 1, ? FROM providers WHERE account_id = ? AND name = ?",
			).run(lastInsertRowid, weight, accountId, name);
}

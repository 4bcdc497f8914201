import { seal, unseal } from "#app/lib/secrets.server.ts";
import type { Tx } from "#db/tx.ts";

const NAME = "Simulator";
/** The one key that the simulator takes. */
const API_KEY = "demo-simulator-key";
const BULK_SIZE = 100;
const CONNECTIONS = 16;

/** Writes the demo's provider, or turns it to where the simulator listens today. */
export function setDemoProvider(tx: Tx, accountId: number, simulatorUrl: string): void {
	const wanted = JSON.stringify({ baseUrl: simulatorUrl, apiKey: API_KEY });
	const row = tx
		.sql<{ id: number; settings: string }>(
			"SELECT id, sealed_settings AS settings FROM providers WHERE account_id = ? AND name = ?",
		)
		.get(accountId, NAME);
	const id = row?.id ?? addProvider(tx, accountId);
	if (row && unseal(row.settings, `provider:${id}`) === wanted) return;
	tx.sql("UPDATE providers SET sealed_settings = ? WHERE account_id = ? AND id = ?").run(
		seal(wanted, `provider:${id}`),
		accountId,
		id,
	);
}

/** Without settings yet: they are sealed for the row's own id. */
function addProvider(tx: Tx, accountId: number): number {
	const { lastInsertRowid } = tx
		.sql(
			"INSERT INTO providers (account_id, name, adapter, channel, state, sealed_settings, bulk_size, connections, created_at_utc) VALUES (?, ?, 'infobip-viber', 'viber', 'active', '', ?, ?, ?)",
		)
		.run(accountId, NAME, BULK_SIZE, CONNECTIONS, Date.now());
	return Number(lastInsertRowid);
}

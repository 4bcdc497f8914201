import { readBooks } from "#db/tx.ts";
import { type ProviderRow, type ProviderSetup, setUp } from "./set-up-provider.server.ts";

/** A provider by its id, whatever its state; undefined where there is none. */
export function providerSetup(providerId: number): ProviderSetup | undefined {
	const row = readBooks((tx) => tx.sql<ProviderRow>("SELECT * FROM providers WHERE id = ?").get(providerId));
	return row && setUp(row);
}

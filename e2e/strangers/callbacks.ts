import pg from "pg";
import { innerWord } from "./tree.ts";
import type { World } from "./world.ts";

/** Gives every account's provider a callback in the wire, with the account's own words in it. */
export async function addCallbacks(world: World, wireUrl: string): Promise<void> {
	const client = new pg.Client({ connectionString: wireUrl });
	await client.connect();
	try {
		for (const { id, account } of world.things.filter(({ kind }) => kind === "callback"))
			await client.query(
				`INSERT INTO wire.receipts (id, provider_id, path, body) OVERRIDING SYSTEM VALUE VALUES ($1::bigint, $1::bigint, '', $2)`,
				[Number(id), `Callback ${innerWord(account.word)}`],
			);
	} finally {
		await client.end();
	}
}

import { expect, test } from "vitest";
import { wirePool } from "#jobs/wire/pool.ts";
import { testWire } from "./wire.ts";

const url = await testWire();

test("the copy is migrated, and the pool is connected to it", async () => {
	const { rows } = await wirePool().query("SELECT current_database() AS name, to_regclass('wire.intents') AS intents");
	expect(url).toContain(`/${rows[0].name}?`);
	expect(rows[0].intents).toBe("wire.intents");
	await wirePool().query("INSERT INTO wire.receipts (provider_id, path, body) VALUES (1, '', 'x')");
});

test("the queue's own schema is there", async () => {
	const { rows } = await wirePool().query("SELECT count(*)::int AS n FROM graphile_worker.jobs");
	expect(rows[0].n).toBe(0);
});

import { afterEach, beforeEach, expect, it } from "vitest";
import { FAKE_KEY, type SmppFake, startFake } from "#app/channels/sms/smpp/fake.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { connectProvider } from "#app/modules/providers/connect-provider.server.ts";
import { setProviderState } from "#app/modules/providers/set-provider-state.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { testWire } from "#jobs/testing/wire.ts";
import { wirePool } from "#jobs/wire/pool.ts";
import { closeLines, keepSessions, providerLine } from "./provider-line.server.ts";

await testWire();
testBooks();

let fake: SmppFake;
let actors: Actors;
let id: number;
beforeEach(async () => {
	fake = await startFake();
	actors = await makeActors();
	const settings = { host: "127.0.0.1", port: String(fake.port), tls: "no", longText: "parts", receiptIds: "alike" };
	id = await connectProvider(
		actors.admin,
		{ adapter: "smpp", channel: "sms" },
		{ name: "SMSC", bulkSize: 1, connections: 10, settings: { ...settings, ...FAKE_KEY } },
	);
});
afterEach(async () => {
	await closeLines();
	await fake.close();
});

const stored = async () =>
	(await wirePool().query("SELECT provider_id, path, body FROM wire.receipts WHERE provider_id = $1", [id])).rows;

it("a session is kept while its provider is on, whether anything is sent or not, and its receipts are in the wire before they are answered", async () => {
	keepSessions();
	expect(fake.bound, "switched off").toBe(0);
	await setProviderState(actors.admin, id, "active");
	keepSessions();
	keepSessions();
	await expect.poll(() => fake.bound).toBe(1);
	fake.deliver({ esm_class: 4, source_addr: "380671112233", short_message: "id:7 stat:DELIVRD err:000 text:a" });
	await expect.poll(() => fake.receiptAnswers).toEqual([0]);
	const [row] = await stored();
	expect(row).toMatchObject({ provider_id: id, path: "" });
	const { adapter, settings } = providerLine(id);
	expect(adapter.readReceipts(row.path, row.body, settings)).toMatchObject([
		{ providerMessageId: "7", state: "delivered" },
	]);
	await setProviderState(actors.admin, id, "disabled");
	keepSessions();
	await expect.poll(() => fake.bound).toBe(0);
});

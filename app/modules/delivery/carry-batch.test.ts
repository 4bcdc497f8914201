import { expect, it } from "vitest";
import { startFake } from "#app/channels/viber/infobip/fake.ts";
import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { testCampaign, testPhones, testProvider } from "#db/testing/campaign.ts";
import { testWire } from "#jobs/testing/wire.ts";
import { wirePool } from "#jobs/wire/pool.ts";
import { closeLines, providerLine } from "./provider-line.server.ts";
import { recoverClaims } from "./recover-claims.server.ts";
import { allBatchesEnded } from "./send-progress.ts";
import { sendSlice } from "./send-slice.server.ts";

await testWire();
testBooks();

const PEOPLE = 60;

it("leaves a batch whose outcomes could not be stored to recovery only when none of its calls is under way", async () => {
	const fake = await startFake({ apiKey: "test-key" });
	fake.control({ answerMs: [40, 40] });
	const of = await testCampaign(testPhones(PEOPLE));
	const providerId = await testProvider(fake.baseUrl, { bulkSize: 1, connections: 2 });
	await freezeAudience(of);
	const pool = wirePool();
	const { query } = pool;
	pool.query = ((statement: { name?: string }, ...rest: never[]) =>
		statement.name === "record-outcomes"
			? Promise.reject(new Error("no Postgres at this moment"))
			: (query as (...all: unknown[]) => unknown).call(pool, statement, ...rest)) as never;
	const line = providerLine(providerId);
	const { request } = line.transport;
	let begun = 0;
	let open = 0;
	line.transport.request = async (call) => {
		begun++;
		open++;
		try {
			return await request(call);
		} finally {
			open--;
		}
	};
	try {
		await sendSlice(of, { owner: "test", isStopping: () => false }, Date.now() + 60_000);
		await allBatchesEnded();
		expect(open).toBe(0);
		// It broke off half way: some were called, and of the rest nobody was.
		expect(begun).toBeGreaterThan(0);
		expect(begun).toBeLessThan(PEOPLE);
		pool.query = query;
		expect(await recoverClaims()).toBe(1);
		expect(begun).toBe(fake.provider.journal.written);
	} finally {
		pool.query = query;
		await closeLines();
		await fake.close();
	}
});

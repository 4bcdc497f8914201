import { afterEach, describe, expect, it } from "vitest";
import { type Fake, startFake } from "#app/channels/viber/infobip/fake.ts";
import { resetEnv } from "#app/lib/env.ts";
import { claimMessages } from "#app/modules/messages/claim-messages.server.ts";
import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { messageStateOf } from "#app/modules/messages/message-state.ts";
import { testBooks } from "#db/testing/books.ts";
import { testCampaign, testPhones, testProvider } from "#db/testing/campaign.ts";
import { recount } from "#db/testing/recount.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { testWire } from "#jobs/testing/wire.ts";
import { recordIntent } from "#jobs/wire/record-intent.ts";
import { askUnknown } from "./ask-unknown.server.ts";
import { closeLines } from "./provider-line.server.ts";
import { recoverClaims } from "./recover-claims.server.ts";

await testWire();
testBooks();

const HOUR_MS = 3_600_000;
const PEOPLE = 50;
let fake: Fake;

afterEach(async () => {
	await closeLines();
	await fake.close();
});

/** A campaign whose only batch a process had claimed and begun to call when it died. */
async function brokenOff(): Promise<{ campaignId: number; accountId: number }> {
	Object.assign(process.env, { ASK_AFTER_MS: "0", CALL_TIMEOUT_MS: "1000" });
	resetEnv();
	fake = await startFake({ apiKey: "test-key" });
	const of = await testCampaign(testPhones(PEOPLE));
	const providerId = await testProvider(fake.baseUrl);
	await freezeAudience(of);
	const batch = await inTx((tx) => claimMessages(tx, { ...of, providerId, owner: "dead", from: 0, size: 100 }));
	await recordIntent({ ...batch!, content: {} });
	await recoverClaims();
	return of;
}

const states = (campaignId: number) =>
	readBooks((tx) =>
		tx
			.sql<{ state: number; attempt: number; count: number }>(
				"SELECT s.state, s.attempt, count(*) AS count FROM messages m JOIN message_states s ON s.id = m.id WHERE m.campaign_id = ? GROUP BY 1, 2",
			)
			.all(campaignId)
			.map((row) => [messageStateOf(row.state), row.attempt, row.count]),
	);
const claims = () => readBooks((tx) => tx.sql<{ asked: number; ask_at_utc: number }>("SELECT * FROM claims").all());

describe("asking about what is unknown", () => {
	it("queues again, under the same attempt, what the provider never took", async () => {
		const { campaignId } = await brokenOff();
		expect(states(campaignId)).toEqual([["unknown", 1, PEOPLE]]);
		await askUnknown(() => false);
		expect(states(campaignId)).toEqual([["queued", 1, PEOPLE]]);
		expect(claims()).toEqual([]);
		const { kept, counted } = recount(campaignId);
		expect(kept).toEqual(counted);
	});

	it("does not believe an absence that may be forgetfulness: unknown for good, and the campaign ends", async () => {
		const { campaignId } = await brokenOff();
		await inTx((tx) => tx.sql("UPDATE claims SET claimed_at_utc = claimed_at_utc - ?").run(49 * HOUR_MS));
		await askUnknown(() => false);
		expect(states(campaignId)).toEqual([["unknown", 1, PEOPLE]]);
		expect(claims()).toEqual([]);
		expect(
			readBooks((tx) => tx.sql<{ state: string }>("SELECT state FROM campaigns WHERE id = ?").get(campaignId))!.state,
		).toBe("done");
	});

	it("asks a silent provider one round of questions, and again later", async () => {
		const { campaignId } = await brokenOff();
		fake.control({ mix: [{ on: "ask", do: "never-answer", share: 1 }] });
		await askUnknown(() => false);
		expect(states(campaignId)).toEqual([["unknown", 1, PEOPLE]]);
		const [claim] = claims();
		expect(claim!.asked).toBe(1);
		expect(claim!.ask_at_utc).toBeGreaterThan(Date.now());
	});
});

import { afterEach, expect, it } from "vitest";
import { type Fake, startFake } from "#app/channels/viber/infobip/fake.ts";
import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { type TestTenant, testCampaign, testPhones, testProvider } from "#db/testing/campaign.ts";
import { testLegs } from "#db/testing/fallback.ts";
import { testWire } from "#jobs/testing/wire.ts";
import { closeLines, providerLine } from "./provider-line.server.ts";
import { allBatchesEnded, forgetProgress } from "./send-progress.ts";
import { sendSlice } from "./send-slice.server.ts";

await testWire();
testBooks();

let fake: Fake;

afterEach(async () => {
	await closeLines();
	await fake.close();
});

/** What the provider is asked to do where Viber fails, when a campaign goes out. */
async function failoverAskedFor(campaign: (phones: string[]) => Promise<TestTenant>): Promise<unknown> {
	fake = await startFake({ apiKey: "test-key" });
	const settings = { failoverSender: "DemoSMS" };
	const providerId = await testProvider(fake.baseUrl, { other: { adapter: "infobip-viber", settings } });
	const of = await campaign(testPhones(2));
	await freezeAudience(of);
	const { transport } = providerLine(providerId);
	const { request } = transport;
	const bodies: { messages: { options: { smsFailover?: unknown } }[] }[] = [];
	transport.request = (call) => {
		bodies.push(JSON.parse(call.body ?? ""));
		return request(call);
	};
	await sendSlice(of, { owner: "test", isStopping: () => false }, Date.now() + 60_000);
	await allBatchesEnded();
	forgetProgress(of.campaignId);
	expect(bodies).toHaveLength(1);
	return bodies[0]!.messages[0]!.options.smsFailover;
}

it("a provider that fails over by itself does so where nothing of ours follows", async () => {
	expect(await failoverAskedFor(testCampaign)).toEqual({ sender: "DemoSMS", text: "Hello" });
});

it("and not where a second leg does: nobody is written to twice", async () => {
	expect(await failoverAskedFor(testLegs)).toBeUndefined();
});

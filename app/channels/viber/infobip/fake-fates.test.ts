import { afterAll, beforeAll, expect, it } from "vitest";
import type { Receipt, SendResult } from "../../channel.ts";
import { spread } from "../../contract-outcomes.ts";
import { startCallbackServer } from "../../fake/callback-server.ts";
import { createTransport, type PooledTransport } from "../../transport.server.ts";
import { infobipViber } from "./adapter.server.ts";
import { type Fake, SIMULATOR_API_KEY, startFake } from "./fake.ts";
import { CUES, expectedFate } from "./fake-fates.ts";
import { readReceipts } from "./receipts.server.ts";

let fake: Fake;
let transport: PooledTransport;
let callbacks: Awaited<ReturnType<typeof startCallbackServer>>;

beforeAll(async () => {
	fake = await startFake();
	fake.control({ receipts: { deliveryMs: [5, 10], seenMs: [5, 10] } });
	transport = createTransport({ connections: 8, timeoutMs: 1_000, network: "any" });
	callbacks = await startCallbackServer();
});
afterAll(async () => {
	await fake.close();
	await transport.destroy();
	await callbacks.close();
});

const content = { kind: "text", sender: "DemoShop", text: "hello", validitySeconds: 3600 } as const;
const RANKS = ["handed_over", "sent", "rejected", "failed", "expired", "delivered", "read"] as const;
const rankOf = (state: Receipt["state"]) => RANKS.indexOf(state);

/** Does what the delivery does, for one message: asks where it does not know, sends again where it surely may. */
async function deliver(number: string): Promise<{ result: SendResult; externalId: string }> {
	const settings = { baseUrl: fake.baseUrl, apiKey: SIMULATOR_API_KEY, failoverSender: "" };
	for (let attempt = 1; attempt <= 3; attempt++) {
		const externalId = `${number.slice(1)}-${attempt}`;
		const call = {
			channel: "viber" as const,
			content,
			recipients: [{ externalId, to: number }],
			callbackUrl: callbacks.url,
		};
		const [result] = spread(await infobipViber.send(call, settings, transport), 1);
		if (result!.type === "accepted" || result!.type === "refused") return { result: result!, externalId };
		if (result!.type === "throttled") continue;
		const asked = { externalId, providerMessageId: null, to: number, sentAtUtc: 0 };
		const [told] = await infobipViber.ask!([asked], settings, transport);
		if (told!.type === "known") return { result: { type: "accepted", state: "handed_over" }, externalId };
		expect(told!.type).toBe("absent");
	}
	throw new Error(`${number} has not been taken in three attempts`);
}

it.each(Object.keys(CUES))("a number on %s meets the fate that is expected of it", async (suffix) => {
	const number = `+380670${suffix}`;
	const expected = expectedFate(number);
	const { result, externalId } = await deliver(number);
	expect(fake.provider.journal.countOf(number)).toBe(expected.isWritten ? 1 : 0);
	if (result.type === "refused") {
		// What stops the campaign leaves the message queued.
		const state = result.kind === "balance" || result.kind === "config" ? "queued" : "rejected";
		expect({ state, cause: result.cause }).toEqual({ state: expected.state, cause: expected.cause });
		return;
	}
	if (expected.state === "handed_over") return;
	const last = await callbacks.until((calls) => {
		const own = calls
			.filter(({ body }) => body.endsWith("]}"))
			.flatMap(({ path, body }) => readReceipts(path, body))
			.filter((receipt) => receipt.externalId === externalId)
			.toSorted((a, b) => rankOf(b.state) - rankOf(a.state));
		return own[0]?.state === expected.state ? own[0] : undefined;
	});
	expect(last.cause).toBe(expected.cause);
});

import { describe, expect, it } from "vitest";
import { ReceiptRubbishError } from "../channel.ts";
import { runContract } from "../contract.ts";
import { content } from "../contract-contents.ts";
import { createTransport } from "../transport.server.ts";
import { turbosms } from "./adapter.server.ts";
import { FAKE_KEY, REFUSED_END, startFake } from "./fake.ts";
import { readReceipts } from "./receipts.server.ts";

let next = 380670000000;
const goodNumbers = (count: number) => Array.from({ length: count }, () => `+${next++}`);

const { authenticate: _, ...unsigned } = turbosms;

for (const callbackSecret of [FAKE_KEY.callbackSecret, ""])
	runContract({
		adapter: callbackSecret ? turbosms : { ...unsigned, name: "turbosms without callbacks" },
		async startFake() {
			const fake = await startFake();
			const settings = { ...FAKE_KEY, baseUrl: fake.baseUrl, callbackSecret };
			return {
				settings,
				wrongSettings: { ...settings, authToken: "another", callbackSecret: "another" },
				// Port 1 belongs to nobody.
				unreachableSettings: { ...settings, baseUrl: "http://127.0.0.1:1" },
				control: (input) => fake.control(input),
				writtenTo: (number) => fake.journal.countOf(number),
				callBackTo: (url) => fake.callBackTo(url),
				close: () => fake.close(),
			};
		},
		goodNumbers,
		refusedNumber: `+380671${REFUSED_END}`,
		neverRead: ["sms"],
		signsOnlyTheCall: true,
	});

const settings = { baseUrl: "https://api.turbosms.ua", ...FAKE_KEY };

/** What comes of a call to two people that is answered so. */
async function outcomeOf(body: object, people = ["+380671112233", "+49170000000"]) {
	const transport = { request: async () => ({ status: 200, headers: {}, body: JSON.stringify(body) }) };
	const recipients = people.map((to, at) => ({ externalId: `i-${at}-1`, to }));
	return turbosms.send({ channel: "sms", content, recipients, callbackUrl: "https://a.test/h" }, settings, transport);
}

describe("an answer", () => {
	it("counts by each recipient's own code, and says who is who by the number", async () => {
		const response_result = [
			{ phone: "49170000000", response_code: 406, message_id: null },
			{ phone: "380671112233", response_code: 0, message_id: "5c2f0a10-1111-2222-3333-444455556666" },
		];
		for (const response_code of [0, 802, 507])
			expect(await outcomeOf({ response_code, response_result })).toEqual({
				each: [
					{
						type: "accepted",
						state: "handed_over",
						providerMessageId: "5c2f0a10-1111-2222-3333-444455556666",
					},
					{ type: "refused", kind: "number", permanent: true, cause: "no_route" },
				],
			});
	});

	it.each([
		[203, { type: "refused", kind: "balance", permanent: false, cause: "provider_balance" }],
		[400, { type: "refused", kind: "config", permanent: false, cause: "sender_not_registered" }],
		[305, { type: "refused", kind: "number", permanent: false, cause: "bad_number" }],
		[504, { type: "throttled", retryAfterMs: 1000, cause: "provider_fault" }],
		[999, { type: "unknown", cause: "provider_error_5xx" }],
		[12_345, { type: "unknown", cause: "provider_error_5xx" }],
		// Taken before; by what ids is not said.
		[507, { type: "unknown", cause: "answer_unreadable" }],
		["800", { type: "unknown", cause: "answer_unreadable" }],
	])("with the code %s to all of them", async (response_code, result) => {
		expect(await outcomeOf({ response_code, response_result: null })).toEqual({ all: result });
	});

	it("to a request that comes twice is the first one's: nobody is written to again", async () => {
		const fake = await startFake();
		const own = { ...settings, baseUrl: fake.baseUrl };
		const recipients = goodNumbers(2).map((to, at) => ({ externalId: `twice-${at}-1`, to }));
		const transport = createTransport({ connections: 1, timeoutMs: 2000, network: "any" });
		const call = { channel: "viber" as const, content, recipients, callbackUrl: "https://a.test/h" };
		const first = await turbosms.send(call, own, transport);
		expect(await turbosms.send(call, own, transport)).toEqual(first);
		expect(recipients.map(({ to }) => fake.journal.countOf(to))).toEqual([1, 1]);
		await transport.close();
		await fake.close();
	});
});

describe("an event", () => {
	const told = (data: object) => readReceipts("", JSON.stringify({ id: "ev-901", type: "status", data }));

	it.each([
		["DELIVRD", "delivered"],
		["Delivered", "delivered"],
		["READ", "read"],
		["Sent", "sent"],
		["Queued", "handed_over"],
	])("that says %s", (status, state) => {
		const at = { dlr_date: "2026-03-01 11:00:05" };
		expect(told({ message_id: "m", status, ...at })).toEqual([
			{ externalId: null, providerMessageId: "m", signedId: "ev-901", state, atUtc: Date.UTC(2026, 2, 1, 9, 0, 5) },
		]);
	});

	it.each([
		["UNDELIV", undefined, "failed", "unspecified"],
		["Rejected", "SRVC_NOT_VIBER_USER", "rejected", "not_on_channel"],
		["Undelivered", "SRVC_USER_BLOCKED", "failed", "blocked_by_recipient"],
		["REJECTD", "constructor", "rejected", "unspecified"],
		["Expired", undefined, "expired", "expired"],
	])("that says %s for %s", (status, rejected_status, state, cause) => {
		expect(told({ message_id: "m", status, rejected_status })).toEqual([
			{ externalId: null, providerMessageId: "m", signedId: "ev-901", state, cause },
		]);
	});

	it("that says nothing new says nothing; about no message it is rubbish", () => {
		expect(told({ message_id: "m", status: "Unknown" })).toEqual([]);
		expect(told({ message_id: "m", status: "constructor" })).toEqual([]);
		for (const data of [{}, { message_id: "" }, { message_id: {} }, []])
			expect(() => told(data)).toThrow(ReceiptRubbishError);
	});

	it("keeps ids of 64 bits", () => {
		const body = '{"id":5741311803571721087,"data":{"message_id":5741311803571721087,"status":"SENT"}}';
		expect(readReceipts("", body)).toMatchObject([
			{ providerMessageId: "5741311803571721087", signedId: "5741311803571721087" },
		]);
	});

	it("may come as a form", () => {
		const form = "id=ev-1&signature=x&data%5Bmessage_id%5D=m-7&data%5Bstatus%5D=DELIVRD";
		expect(readReceipts("", form)).toEqual([
			{ externalId: null, providerMessageId: "m-7", signedId: "ev-1", state: "delivered" },
		]);
	});

	it.each([
		// Computed apart from this code: printf %s 'secretev-901' | sha1sum.
		["secret and id", "5477cca4169679e41597effa15c10f74e8339b2e"],
		["id and secret", "60fb088124a316a420bcef165b7ba918032bbaa7"],
	])("is signed by %s", (_, signature) => {
		const isOwn = (body: object) =>
			turbosms.authenticate!(
				{ url: "", headers: {}, body: JSON.stringify(body) },
				{ ...settings, callbackSecret: "secret" },
			);
		expect(isOwn({ id: "ev-901", signature })).toBe(true);
		expect(isOwn({ id: "ev-901", signature: signature.toUpperCase() })).toBe(true);
		expect(isOwn({ id: "ev-902", signature })).toBe(false);
		expect(isOwn({ id: ["ev-901"], signature })).toBe(false);
	});
});

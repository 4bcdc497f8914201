import { describe, expect, it } from "vitest";
import { ReceiptRubbishError } from "../channel.ts";
import { runContract } from "../contract.ts";
import { twilio } from "./adapter.server.ts";
import { FAKE_KEY, REFUSED_END, startFake } from "./fake.ts";
import { readReceipts } from "./receipts.server.ts";

let next = 380670000000;

runContract({
	adapter: twilio,
	async startFake() {
		const fake = await startFake();
		const settings = { baseUrl: fake.baseUrl, ...FAKE_KEY };
		return {
			settings,
			wrongSettings: { ...settings, authToken: "another" },
			// Port 1 belongs to nobody.
			unreachableSettings: { ...settings, baseUrl: "http://127.0.0.1:1" },
			control: (input) => fake.control(input),
			writtenTo: (number) => fake.journal.countOf(number),
			close: () => fake.close(),
		};
	},
	goodNumbers: (count) => Array.from({ length: count }, () => `+${next++}`),
	refusedNumber: `+380671${REFUSED_END}`,
	neverRead: ["sms"],
});

describe("a callback", () => {
	const told = (status: string, code = "") =>
		readReceipts("/m/i-1-1", `MessageSid=SM1&MessageStatus=${status}${code && `&ErrorCode=${code}`}`);

	it.each([
		["undelivered", "30003", { state: "failed", cause: "unreachable" }],
		["undelivered", "30036", { state: "expired", cause: "expired" }],
		["failed", "30007", { state: "rejected", cause: "bad_content" }],
		["failed", "21610", { state: "rejected", cause: "blocked_by_recipient" }],
		["failed", "", { state: "failed", cause: "unspecified" }],
		["failed", "constructor", { state: "failed", cause: "unspecified" }],
		["canceled", "", { state: "rejected", cause: "unspecified" }],
	])("that says %s %s", (status, code, wanted) => {
		expect(told(status, code)).toEqual([{ externalId: "i-1-1", ...wanted }]);
	});

	it("that says what the answer has said already says nothing", () => {
		for (const status of ["accepted", "queued", "sending", "somehow"]) expect(told(status)).toEqual([]);
	});

	it("to an address that names no message is rubbish", () => {
		expect(() => readReceipts("", "MessageStatus=sent")).toThrow(ReceiptRubbishError);
		expect(() => readReceipts("/m/i-1-1", "x=1")).toThrow(ReceiptRubbishError);
	});

	it("is signed over its address, with the port or without, and its fields in order", () => {
		// Computed apart from this code: openssl dgst -sha1 -hmac 12345 -binary | base64.
		const url = "https://example.com/myapp?foo=1&bar=2";
		const body = "To=%2B18005551212&Digits=1234&From=%2B14158675309&CallSid=CA1234567890ABCDE&Caller=%2B14158675309";
		const settings = { baseUrl: "http://x.test", accountSid: FAKE_KEY.accountSid, authToken: "12345" };
		const isOwn = (at: string, signature: string) =>
			twilio.authenticate!({ url: at, headers: { "x-twilio-signature": signature }, body }, settings);
		const signature = "V46CDrhPu3a6q+aUFH2wGmTiSnw=";
		expect(isOwn(url, signature)).toBe(true);
		expect(isOwn(url.replace("example.com", "example.com:443"), signature)).toBe(true);
		expect(isOwn(`${url}&baz=3`, signature)).toBe(false);
	});
});

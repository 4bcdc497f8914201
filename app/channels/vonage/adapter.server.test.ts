import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { runContract } from "../contract.ts";
import { vonage } from "./adapter.server.ts";
import { FAKE_KEY, REFUSED_END, startFake } from "./fake.ts";
import { readReceipts } from "./receipts.server.ts";

let next = 380670000000;

runContract({
	adapter: vonage,
	async startFake() {
		const fake = await startFake();
		const settings = { baseUrl: fake.baseUrl, ...FAKE_KEY };
		return {
			settings,
			wrongSettings: { ...settings, apiSecret: "another", signatureSecret: "another" },
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

const settings = { baseUrl: "http://x.test", ...FAKE_KEY };
const failed = (error: object) =>
	readReceipts("", JSON.stringify({ message_uuid: "u", client_ref: "i-1-1", status: "rejected", error }));

describe("a callback", () => {
	it.each([
		["https://developer.vonage.com/api-errors/messages#1300", "1300", "failed", "not_on_channel"],
		["https://developer.vonage.com/api-errors/messages#1240", 1240, "rejected", "blocked_by_recipient"],
		["", 1360, "expired", "expired"],
		["", "9999", "failed", "unspecified"],
		["", "constructor", "failed", "unspecified"],
	])("that names the error %s, %s, says %s for %s", (type, title, state, cause) => {
		expect(failed({ type, title })).toEqual([{ externalId: "i-1-1", state, cause }]);
	});

	it("about somebody else's message, or one that was sent to us, is nothing of ours", () => {
		expect(readReceipts("", '{"status":"delivered","message_uuid":"u"}')).toEqual([]);
		expect(readReceipts("", '{"status":"thought_of","client_ref":"i-1-1"}')).toEqual([]);
	});

	it("signed long ago, or by nobody, is not believed", () => {
		const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
		const sign = (head: object, claims: object) => {
			const signed = `${encode(head)}.${encode(claims)}`;
			return `Bearer ${signed}.${createHmac("sha256", FAKE_KEY.signatureSecret).update(signed).digest("base64url")}`;
		};
		const hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
		const now = Date.now() / 1000;
		const isBelieved = (head: object, claims: object) =>
			vonage.authenticate!({ url: "", headers: { authorization: sign(head, claims) }, body: "" }, settings);
		expect(isBelieved({ alg: "HS256" }, { iat: now, payload_hash: hash })).toBe(true);
		expect(isBelieved({ alg: "none" }, { iat: now, payload_hash: hash })).toBe(false);
		expect(isBelieved({ alg: "HS256" }, { iat: now - 301, payload_hash: hash })).toBe(false);
		expect(isBelieved({ alg: "HS256" }, { iat: now })).toBe(false);
		expect(isBelieved({ alg: "HS256" }, { payload_hash: hash })).toBe(false);
	});
});

import { describe, expect, it } from "vitest";
import { ALL_RIGHTS } from "#app/modules/access/rights.ts";
import { maskRaw } from "./mask-raw.ts";

const all = { rights: ALL_RIGHTS };
const blind = { rights: new Set([...ALL_RIGHTS].filter((right) => right !== "numbers.read")) };

describe("what a provider sent, as it is shown", () => {
	it("never shows a secret, in JSON, in a form, or wherever the provider's own settings stand", () => {
		const json = '{"authToken":"abc\\"def","api_key": "k-1", "status":"ok","note":"my-own-key-77"}';
		expect(maskRaw(all, json, ["my-own-key-77"])).toBe(
			'{"authToken":"•••","api_key": "•••", "status":"ok","note":"•••"}',
		);
		expect(maskRaw(all, "MessageSid=SM1&AccessToken=zzz&To=%2B380671234567", ["ok"])).toBe(
			"MessageSid=SM1&AccessToken=•••&To=%2B380671234567",
		);
	});

	it("masks numbers, however they are spelt, for whoever may not see them", () => {
		expect(maskRaw(blind, '{"to":"380671234545","from":"+380671234545","id":"a1b2-1-1"}')).toBe(
			'{"to":"38067•••••45","from":"+38067•••••45","id":"a1b2-1-1"}',
		);
		expect(maskRaw(blind, "To=%2B380671234545&From=whatsapp%3A%2B380671234545")).not.toContain("1234");
		expect(maskRaw(blind, '{"recipient_id":380671234545}')).not.toContain("1234");
		expect(maskRaw(blind, '{"id":"wamid.HBgMMzgwNjcxMjM0NTQ1FQIAERgS"}')).toBe('{"id":"wamid.•••"}');
		expect(maskRaw(all, '{"to":"380671234545"}')).toBe('{"to":"380671234545"}');
	});

	it("leaves ids that merely hold digits as they are", () => {
		const ids = '{"messageId":"0a1b2c3d-1234567890-1","at":"2026-03-01T09:00:04.120+0000"}';
		expect(maskRaw(blind, ids)).toBe(ids);
	});

	it("spells out what would turn the page around", () => {
		expect(maskRaw(all, "a\u202Eb\u0000c\td")).toBe("a\\u202Eb\\u0000c\td");
	});
});

import { describe, expect, it } from "vitest";
import fc from "#app/testing/fc.ts";
import { CAUSES } from "../../causes.ts";
import { type Receipt, ReceiptRubbishError } from "../../channel.ts";
import { readReceipts } from "./receipts.server.ts";

/** As printed on Infobip's page of the delivery report. */
const DELIVERED = {
	bulkId: "b-77",
	messageId: "m-0001",
	to: "380671112233",
	sender: "DemoShop",
	sentAt: "2026-03-01T09:00:00.000+0000",
	doneAt: "2026-03-01T09:00:04.120+0000",
	messageCount: 1,
	price: { pricePerMessage: 0.02, currency: "EUR" },
	status: { groupId: 3, groupName: "DELIVERED", id: 5, name: "DELIVERED_TO_HANDSET", description: "Delivered" },
	error: { groupId: 0, groupName: "OK", id: 0, name: "NO_ERROR", description: "No error", permanent: false },
};
const read = (...results: unknown[]) => readReceipts("", JSON.stringify({ results }));
const withStatus = (groupId: number, id: number, error?: unknown) => ({
	...DELIVERED,
	status: { groupId, id },
	error: error ?? DELIVERED.error,
});

describe("a delivery report", () => {
	it("tells state and the provider's time, its offset without a colon", () => {
		const atUtc = Date.UTC(2026, 2, 1, 9, 0, 4, 120);
		expect(read(DELIVERED)).toEqual([{ externalId: "m-0001", state: "delivered", atUtc }]);
		const east = { ...DELIVERED, doneAt: "2026-03-01T12:00:04.120+0300" };
		expect(read(east)).toEqual([{ externalId: "m-0001", state: "delivered", atUtc }]);
		const noTime = { ...DELIVERED, doneAt: "yesterday", sentAt: 5 };
		expect(read(noTime)).toEqual([{ externalId: "m-0001", state: "delivered" }]);
	});

	it.each<[number, number, number, boolean, Receipt["state"], Receipt["cause"]]>([
		[1, 26, 0, false, "handed_over", undefined],
		[1, 3, 0, false, "sent", undefined],
		[1, 7, 0, false, "sent", undefined],
		[3, 2, 0, false, "sent", undefined],
		[2, 9, 7002, true, "failed", "not_on_channel"],
		[2, 4, 7003, true, "failed", "blocked_by_recipient"],
		[2, 4, 7017, false, "failed", "throttled"],
		[2, 9, 0, false, "failed", "unreachable"],
		[2, 555, 7999, true, "failed", "unspecified"],
		[2, 555, 7999, false, "failed", "provider_fault"],
		[4, 15, 0, false, "expired", "expired"],
		[4, 29, 0, false, "expired", "no_receipt"],
		[5, 12, 0, false, "rejected", "provider_balance"],
		[5, 23, 0, false, "handed_over", undefined],
	])("of group %i, status %i, error %i (permanent: %s) says %s, %s", (groupId, id, error, permanent, state, cause) => {
		const [receipt] = read(withStatus(groupId, id, { id: error, permanent }));
		expect(receipt).toMatchObject({ state });
		expect(receipt?.cause).toBe(cause);
	});

	it("may hold many, of which those that cannot be read are passed over", () => {
		const ids = read(DELIVERED, null, {}, { ...DELIVERED, messageId: 5 }, { ...DELIVERED, messageId: "not ours" });
		expect(ids.map(({ externalId }) => externalId)).toEqual(["m-0001", "not ours"]);
	});
});

it("reads seen reports by their id alone", () => {
	const seen = { messageId: "m-0001", from: "380671112233", to: "DemoShop", seenAt: "2026-03-01T09:05:00.000+0000" };
	const receipt = { externalId: "m-0001", state: "read", atUtc: Date.UTC(2026, 2, 1, 9, 5) };
	expect(readReceipts("/seen", JSON.stringify({ results: [seen] }))).toEqual([receipt]);
	expect(readReceipts("/seen", '{"results":[{"messageId":"m-0001"}]}')).toEqual([
		{ externalId: "m-0001", state: "read" },
	]);
});

it.each([
	["", ""],
	["", "{"],
	["", "[]"],
	["", "null"],
	["", '{"results":{}}'],
	["", '{"results":[{"messageId":"m-0001"}]}'],
	["", '{"results":[{"messageId":"m","status":{"groupId":"constructor"}}]}'],
	["/other", JSON.stringify({ results: [DELIVERED] })],
])("calls rubbish what Infobip never sends: %s %s", (path, body) => {
	expect(() => readReceipts(path, body)).toThrow(ReceiptRubbishError);
});

it("takes an empty list for what it is", () => {
	expect(readReceipts("", '{"results":[]}')).toEqual([]);
});

it("reads nearly right reports into proper receipts or calls them rubbish", () => {
	const states = ["handed_over", "sent", "delivered", "read", "failed", "expired", "rejected"];
	const odd = fc.oneof(
		fc.jsonValue(),
		fc.constantFrom("constructor", "__proto__", 5, 7002, "2026-03-01T09:00:04.120+0000"),
	);
	const status = fc.record({ groupId: fc.oneof(fc.integer({ min: 0, max: 6 }), odd), id: odd }, { requiredKeys: [] });
	const result = fc.record(
		{
			messageId: fc.oneof(fc.string(), odd),
			status: fc.oneof(status, odd),
			error: fc.oneof(fc.record({ id: odd, permanent: odd }, { requiredKeys: [] }), odd),
			doneAt: odd,
			sentAt: odd,
			seenAt: odd,
		},
		{ requiredKeys: [] },
	);
	fc.assert(
		fc.property(fc.constantFrom("", "/seen"), fc.array(fc.oneof(result, odd)), (path, results) => {
			let receipts: Receipt[];
			try {
				receipts = readReceipts(path, JSON.stringify({ results }));
			} catch (error) {
				expect(error).toBeInstanceOf(ReceiptRubbishError);
				return;
			}
			for (const { externalId, state, cause, atUtc } of receipts) {
				expect(externalId).toBeTypeOf("string");
				expect(states).toContain(state);
				if (cause !== undefined) expect(Object.hasOwn(CAUSES, cause)).toBe(true);
				if (atUtc !== undefined) expect(Number.isFinite(atUtc)).toBe(true);
			}
		}),
		{ numRuns: 1000 },
	);
});

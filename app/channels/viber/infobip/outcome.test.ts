import { describe, expect, it } from "vitest";
import fc from "#app/testing/fc.ts";
import { outcomeOfAnswer } from "./outcome.ts";

const recipients = ["a", "b", "c"].map((externalId, at) => ({ externalId, to: `+38067000000${at}` }));
const single = recipients.slice(0, 1);

const answered = (status: number, body: unknown) => ({
	status,
	headers: {},
	body: typeof body === "string" ? body : JSON.stringify(body),
});
const item = (messageId: unknown, groupId: unknown, id: unknown) => ({ messageId, status: { groupId, id } });
const resultOf = (groupId: unknown, id: unknown) =>
	outcomeOfAnswer(answered(200, { messages: [item("a", groupId, id)] }), single);

describe("the status of an item", () => {
	it.each([
		[1, 26, { type: "accepted", state: "handed_over" }],
		[0, 0, { type: "accepted", state: "handed_over" }],
		[1, 3, { type: "accepted", state: "sent" }],
		[1, 7, { type: "accepted", state: "sent" }],
		[5, 6, { type: "refused", kind: "number", permanent: true, cause: "no_route" }],
		[5, 11, { type: "refused", kind: "config", permanent: false, cause: "sender_not_registered" }],
		[5, 12, { type: "refused", kind: "balance", permanent: false, cause: "provider_balance" }],
		[5, 14, { type: "refused", kind: "consent", permanent: true, cause: "on_stop_list" }],
		[5, 20, { type: "throttled", retryAfterMs: 5000, cause: "flooding" }],
		[5, 21, { type: "throttled", retryAfterMs: 1000, cause: "provider_fault" }],
		[5, 23, { type: "accepted", state: "handed_over" }],
		[5, 25, { type: "refused", kind: "content", permanent: true, cause: "text_too_long" }],
		[5, 52, { type: "refused", kind: "number", permanent: true, cause: "bad_number" }],
		[5, 999, { type: "refused", kind: "number", permanent: true, cause: "unspecified" }],
		[5, "constructor", { type: "refused", kind: "number", permanent: true, cause: "unspecified" }],
		[2, 9, { type: "refused", kind: "number", permanent: true, cause: "unreachable" }],
		[4, 15, { type: "refused", kind: "number", permanent: true, cause: "expired" }],
		[77, 1, { type: "unknown", cause: "answer_unreadable" }],
		["1", 26, { type: "unknown", cause: "answer_unreadable" }],
	])("group %s, id %s", (groupId, id, result) => {
		expect(resultOf(groupId, id)).toEqual({ all: result });
	});

	it("said twice and not alike is not believed", () => {
		const messages = [item("a", 1, 26), item("a", 5, 6)];
		expect(outcomeOfAnswer(answered(200, { messages }), single)).toEqual({
			each: [{ type: "unknown", cause: "answer_unreadable" }],
		});
	});
});

it("pauses a little where a 429 asks for no pause", () => {
	const answer = { status: 429, headers: { "retry-after": "0" }, body: "" };
	expect(outcomeOfAnswer(answer, single)).toEqual({
		all: { type: "throttled", retryAfterMs: 100, cause: "throttled" },
	});
});

describe("a whole call refused", () => {
	const violations = (...properties: string[]) =>
		answered(400, { errorCode: "E400", violations: properties.map((property) => ({ property, violation: "bad" })) });

	it("for some destinations: those are refused, the others go again at once", () => {
		const innocent = { type: "throttled", retryAfterMs: 0, cause: "bad_request" };
		const badNumber = { type: "refused", kind: "number", permanent: true, cause: "bad_number" };
		const badRequest = { type: "refused", kind: "content", permanent: true, cause: "bad_request" };
		const newShape = violations("messages[0].destinations[1].to", "messages[0].destinations[2].messageId");
		expect(outcomeOfAnswer(newShape, recipients)).toEqual({ each: [innocent, badNumber, badRequest] });
		const validationErrors = { "messages[0].destinations[1].to": ["bad"] };
		const oldShape = answered(400, {
			requestError: { serviceException: { messageId: "BAD_REQUEST", validationErrors } },
		});
		expect(outcomeOfAnswer(oldShape, recipients)).toEqual({ each: [innocent, badNumber, innocent] });
	});

	it.each([
		["messages[0].content.text", { kind: "content", permanent: true, cause: "bad_content" }],
		["messages[0].sender", { kind: "config", permanent: false, cause: "sender_not_registered" }],
		["messages[0].destinations[3].to", { kind: "content", permanent: false, cause: "bad_request" }],
		["messages[0].destinations", { kind: "content", permanent: false, cause: "bad_request" }],
		["something else", { kind: "content", permanent: false, cause: "bad_request" }],
	])("for %s", (property, refusal) => {
		expect(outcomeOfAnswer(violations(property), recipients)).toEqual({ all: { type: "refused", ...refusal } });
	});

	it.each([
		[302, { type: "refused", kind: "config", permanent: false, cause: "provider_access" }],
		[402, { type: "refused", kind: "balance", permanent: false, cause: "provider_balance" }],
		[404, { type: "refused", kind: "config", permanent: false, cause: "provider_access" }],
		[408, { type: "unknown", cause: "call_timed_out" }],
		[413, { type: "refused", kind: "content", permanent: false, cause: "bad_request" }],
		[429, { type: "throttled", retryAfterMs: 1000, cause: "throttled" }],
		[502, { type: "unknown", cause: "provider_error_5xx" }],
		[503, { type: "unknown", cause: "provider_error_5xx" }],
	])("with HTTP %s", (status, result) => {
		expect(outcomeOfAnswer(answered(status, "<html>"), recipients)).toEqual({ all: result });
	});
});

it("has one result for each recipient and never throws, whatever comes", () => {
	const statuses = fc.constantFrom(100, 200, 202, 301, 400, 401, 418, 429, 500, 599);
	const near = fc.record(
		{
			messages: fc.array(
				fc.record(
					{
						messageId: fc.oneof(fc.constantFrom("a", "b", "c", "__proto__"), fc.anything()),
						status: fc.oneof(
							fc.record({ groupId: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.string()), id: fc.integer() }),
							fc.anything(),
						),
					},
					{ requiredKeys: [] },
				),
			),
			violations: fc.anything(),
			requestError: fc.anything(),
		},
		{ requiredKeys: [] },
	);
	const bodies = fc.oneof(
		fc.string(),
		fc.json(),
		near.map((value) => JSON.stringify(value, (_, each) => (typeof each === "bigint" ? String(each) : each)) ?? ""),
	);
	fc.assert(
		fc.property(statuses, bodies, (status, body) => {
			const outcome = outcomeOfAnswer({ status, headers: { "retry-after": body }, body }, recipients);
			const results = "all" in outcome ? [outcome.all] : outcome.each;
			expect(results.length).toBe("all" in outcome ? 1 : recipients.length);
			for (const { type } of results) expect(["accepted", "refused", "throttled", "unknown"]).toContain(type);
		}),
		{ numRuns: 1000 },
	);
});

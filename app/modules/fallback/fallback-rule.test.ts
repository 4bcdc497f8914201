import { describe, expect, it } from "vitest";
import { CAUSES, type CauseKey } from "#app/channels/causes.ts";
import { MESSAGE_STATE, type MessageState } from "#app/modules/messages/message-state.ts";
import { dueAt, FALLBACK_REASONS, type FirstMessage, NEVER, WATCH_SECONDS } from "./fallback-rule.ts";

const NOW = 1_800_000_000;
const HOUR = 3600;
const byTime = { afterSeconds: HOUR, reasons: [] };
const byStatus = { afterSeconds: null, reasons: FALLBACK_REASONS };

function message(state: MessageState, cause?: CauseKey, change: Partial<FirstMessage> = {}): FirstMessage {
	const handedAt = state === "queued" || state === "claimed" ? null : NOW - 60;
	const number = cause ? CAUSES[cause] : null;
	return { state: MESSAGE_STATE[state], cause: number, handedAt, sentAt: null, hasFallback: false, ...change };
}
const at = (rule: Parameters<typeof dueAt>[0], one: FirstMessage) => dueAt(rule, one, NOW, NOW - 600);

describe("by time", () => {
	it.each(["handed_over", "sent", "unknown", "failed", "expired", "rejected"] as const)(
		"what is %s is due an hour after it was handed over, and not before",
		(state) => {
			expect(at(byTime, message(state, "unspecified"))).toBe(NOW - 60 + HOUR);
			expect(at(byTime, message(state, "unspecified", { handedAt: NOW - HOUR }))).toBeLessThanOrEqual(NOW);
		},
	);

	it("counts from the sending, or from the start, for what was never written down as handed over", () => {
		expect(at(byTime, message("sent", undefined, { handedAt: null, sentAt: NOW - 5 }))).toBe(NOW - 5 + HOUR);
		expect(at(byTime, message("rejected", "no_route", { handedAt: null }))).toBe(NOW - 600 + HOUR);
	});

	it("looks again at what still waits when it could be due at the earliest", () => {
		expect(at(byTime, message("queued"))).toBe(NOW + HOUR);
		expect(at(byTime, message("claimed"))).toBe(NOW + HOUR);
	});
});

describe("by status", () => {
	it.each([
		["not_on_channel", "failed", "not_on_channel"],
		["not_on_channel", "rejected", "unsupported_device"],
		["failed", "failed", "unreachable"],
		["expired", "expired", "expired"],
		["rejected", "rejected", "no_route"],
	] as const)("%s: %s with %s, and only where it was chosen", (reason, state, cause) => {
		expect(at({ afterSeconds: null, reasons: [reason] }, message(state, cause))).toBe(NOW);
		const others = FALLBACK_REASONS.filter((one) => one !== reason);
		expect(at({ afterSeconds: null, reasons: others }, message(state, cause))).toBe(NEVER);
	});

	it("an outcome that nobody knows is no status: it waits for news, and is given up after its time", () => {
		for (const state of ["unknown", "handed_over", "sent"] as const) {
			expect(at(byStatus, message(state))).toBe(NOW - 60 + WATCH_SECONDS);
			expect(at(byStatus, message(state, undefined, { handedAt: NOW - WATCH_SECONDS }))).toBe(NEVER);
		}
		expect(at(byStatus, message("expired", "no_receipt"))).toBe(NEVER);
		expect(at(byTime, message("expired", "no_receipt"))).toBe(NOW - 60 + HOUR);
	});
});

it.each(["on_stop_list", "blocked_by_recipient", "bad_number", "duplicate"] as const)(
	"nobody is written to another way after %s",
	(cause) => {
		expect(at({ afterSeconds: 60, reasons: FALLBACK_REASONS }, message("rejected", cause, { handedAt: 1 }))).toBe(
			NEVER,
		);
	},
);

it.each(["delivered", "read", "cancelled"] as const)(
	"what is %s needs nothing, nor does who has the second",
	(state) => {
		expect(at(byTime, message(state, undefined, { handedAt: 1 }))).toBe(NEVER);
		expect(at(byTime, message("failed", "unreachable", { handedAt: 1, hasFallback: true }))).toBe(NEVER);
	},
);

import { describe, expect, it } from "vitest";
import { MESSAGE_STATE, type MessageState, moves } from "#app/modules/messages/message-state.ts";
import fc from "#app/testing/fc.ts";
import { CHARGE, type Charge } from "./charge.ts";
import { chargeAfter, type Terms } from "./charge-after.ts";

const accepted: Terms = { chargeOn: "accepted", refunds: false };
const refunding: Terms = { chargeOn: "accepted", refunds: true };
const delivered: Terms = { chargeOn: "delivered", refunds: false };

const cases: [Terms, MessageState, MessageState, Charge, Charge][] = [
	[accepted, "claimed", "handed_over", "held", "captured"],
	[accepted, "claimed", "sent", "held", "captured"],
	[accepted, "claimed", "unknown", "held", "held"],
	[accepted, "unknown", "handed_over", "held", "captured"],
	[accepted, "unknown", "delivered", "held", "captured"],
	[accepted, "queued", "cancelled", "held", "released"],
	[accepted, "claimed", "rejected", "held", "released"],
	[accepted, "unknown", "expired", "held", "released"],
	[accepted, "expired", "delivered", "released", "captured"],
	[accepted, "handed_over", "failed", "captured", "captured"],
	[accepted, "queued", "cancelled", "captured", "refunded"],
	[accepted, "claimed", "queued", "captured", "captured"],
	[refunding, "handed_over", "failed", "captured", "refunded"],
	[refunding, "failed", "read", "refunded", "captured"],
	[delivered, "claimed", "handed_over", "held", "held"],
	[delivered, "handed_over", "sent", "held", "held"],
	[delivered, "sent", "delivered", "held", "captured"],
	[delivered, "claimed", "read", "held", "captured"],
	[delivered, "sent", "failed", "held", "released"],
	[delivered, "failed", "delivered", "released", "captured"],
	[delivered, "delivered", "read", "captured", "captured"],
];

describe("the charge of a message", () => {
	it.each(cases)("%o, %s to %s: %s becomes %s", (terms, from, to, charge, after) => {
		expect(chargeAfter(terms, MESSAGE_STATE[from], MESSAGE_STATE[to], CHARGE[charge])).toBe(CHARGE[after]);
	});

	it("whatever is heard in whatever order, a delivered message is charged once, and one that ends without it never keeps a hold", () => {
		const state = fc.constantFrom(...Object.values(MESSAGE_STATE));
		const terms = fc.constantFrom(accepted, refunding, delivered);
		fc.assert(
			fc.property(terms, fc.array(state, { maxLength: 12 }), (drawn, heard) => {
				let at: number = MESSAGE_STATE.queued;
				let charge: number = CHARGE.held;
				for (const to of heard) {
					if (!moves(at, to)) continue;
					charge = chargeAfter(drawn, at, to, charge);
					at = to;
				}
				if (at >= MESSAGE_STATE.delivered) expect(charge).toBe(CHARGE.captured);
				else if (at >= MESSAGE_STATE.cancelled) expect(charge).not.toBe(CHARGE.held);
				if (drawn === delivered && at < MESSAGE_STATE.delivered) expect(charge).not.toBe(CHARGE.captured);
			}),
		);
	});
});

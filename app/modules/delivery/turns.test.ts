import { expect, it, vi } from "vitest";
import fc from "#app/testing/fc.ts";
import { type TurnOf, Turns } from "./turns.ts";

const of = (accountId: number, campaignId: number, sender = "s"): TurnOf => ({ accountId, campaignId, sender });

it("lets accounts take turns, and campaigns within an account: one person comes through a million", () => {
	const turns = new Turns(1);
	const order: string[] = [];
	const put = (name: string, whose: TurnOf, calls: number) => {
		for (let i = 0; i < calls; i++) turns.take(whose, 1, () => order.push(name));
	};
	put("huge", of(1, 1), 100_000);
	put("other of the same", of(1, 2), 2);
	put("small", of(2, 3), 1);
	for (let i = 0; i < 6; i++) turns.release();
	expect(order).toEqual(["huge", "huge", "small", "other of the same", "huge", "other of the same", "huge"]);
});

it("never has more under way than there are places, and forgets nobody", () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 5 }),
			fc.array(fc.record({ account: fc.nat(2), campaign: fc.nat(3), release: fc.nat(3) }), { maxLength: 60 }),
			(size, steps) => {
				const turns = new Turns(size);
				let underWay = 0;
				let done = 0;
				for (const { account, campaign, release } of steps) {
					turns.take(of(account, account * 10 + campaign), 1, () => {
						underWay++;
						expect(underWay).toBeLessThanOrEqual(size);
					});
					for (let i = 0; i < release && underWay > 0; i++) {
						underWay--;
						done++;
						turns.release();
					}
				}
				while (underWay > 0) {
					underWay--;
					done++;
					turns.release();
				}
				expect(done).toBe(steps.length);
			},
		),
	);
});

it("goes through thousands of calls that are over at once without a deep stack", () => {
	const turns = new Turns(1);
	let over = 0;
	turns.take(of(1, 1), 1, () => {});
	for (let i = 0; i < 200_000; i++) {
		turns.take(of(1, 1), 1, () => {
			over++;
			turns.release();
		});
	}
	turns.release();
	expect(over).toBe(200_000);
});

it("a sender that is kept back holds up no other, and goes when the gate lets it", () => {
	vi.useFakeTimers();
	try {
		let open = new Set(["b"]);
		const turns = new Turns(10, (sender) => (open.has(sender) ? 0 : 500));
		const order: string[] = [];
		for (const sender of ["a", "b", "a"]) turns.take(of(1, sender.charCodeAt(0), sender), 1, () => order.push(sender));
		expect(order).toEqual(["b"]);
		open = new Set(["a"]);
		vi.advanceTimersByTime(499);
		expect(order).toEqual(["b"]);
		vi.advanceTimersByTime(1);
		expect(order).toEqual(["b", "a", "a"]);
	} finally {
		vi.useRealTimers();
	}
});

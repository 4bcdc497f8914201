import fc from "fast-check";
import { expect, it } from "vitest";
import { insertAccount } from "#app/modules/accounts/insert-account.server.ts";
import { balanceOf } from "#app/modules/ledger/balance-of.server.ts";
import { prove } from "#app/modules/proof/prove.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { type NaiveAccount, NaiveMoney } from "./testing/naive-money.ts";
import { type Operation, perform } from "./testing/operation.ts";

testBooks("file");

const DEEDS = ["deposit", "withdraw", "top-up", "top-up", "take-back", "zero", "credit"] as const;
const step = fc.record({
	deed: fc.constantFrom(...DEEDS),
	by: fc.nat(7),
	account: fc.nat(7),
	amountMicros: fc.oneof(fc.constantFrom(1, 2, 100), fc.integer({ min: 1, max: 1_000 })),
	// Few enough that some come twice, with the same or another input.
	key: fc.nat(30),
});
/** Each account's place: below which of those before it. */
const tree = fc.array(fc.nat(6), { minLength: 7, maxLength: 7 });

async function plant(parents: number[]): Promise<NaiveAccount[]> {
	return inTx((tx) => {
		const place = { timeZone: "UTC", country: "UA", name: "" };
		// A root of its own for each run: the books are one file.
		const made: NaiveAccount[] = [];
		for (const [i, parent] of [-1, ...parents].entries()) {
			const above = made[parent % Math.max(1, i)];
			const kind = above ? "dealer" : "admin";
			made.push({ ...insertAccount(tx, { parentId: above?.id, kind, ownerLogin: "", ...place }), kind });
		}
		return made;
	});
}

it("money moves as a naive model says, whatever the tree and whatever is asked, repeated and refused", {
	timeout: 60_000,
}, async () => {
	await fc.assert(
		fc.asyncProperty(tree, fc.array(step, { minLength: 20, maxLength: 60 }), async (parents, steps) => {
			const accounts = await plant(parents);
			const model = new NaiveMoney(accounts);
			for (const [i, { deed, by, account, amountMicros, key }] of steps.entries()) {
				// Something to begin with, or most of it would be refused.
				const first = i === 0 ? { deed: "deposit" as const, by: accounts[0]! } : { deed, by: accounts[by]! };
				const accountId = accounts[account]!.id;
				const operation: Operation = { ...first, accountId, amountMicros, formKey: String(key) };
				expect(await perform(operation), JSON.stringify({ i, operation })).toBe(model.perform(operation));
			}
			for (const { id } of accounts) {
				const { availableMicros, creditMicros } = readBooks((tx) => balanceOf(tx, id));
				expect({ id, has: availableMicros, credit: creditMicros }).toEqual({
					id,
					has: model.has.get(id),
					credit: model.credit.get(id),
				});
			}
		}),
		{ numRuns: 25 },
	);
	expect((await prove()).found).toEqual([]);
});

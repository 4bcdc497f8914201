import { beforeEach, describe, expect, it } from "vitest";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { insertUser } from "#app/modules/accounts/insert-user.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { balance, deposit } from "#db/testing/money.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { getTopUpPage } from "./get-top-up-page.server.ts";
import { saveTopUp } from "./save-top-up.server.ts";

testBooks();
let on: Actors;
const id = (of: keyof Actors) => on[of].account.id;
const page = (as: keyof Actors, wish: Record<string, string>) =>
	readBooks((tx) => getTopUpPage(tx, on[as], new URLSearchParams(wish)));
const errors = (as: keyof Actors, wish: Record<string, string>) => page(as, wish).lastResult?.error;
const rename = (of: keyof Actors, name: string) =>
	inTx((tx) => tx.sql("UPDATE accounts SET name = ?, name_key = ? WHERE id = ?").run(name, name.toLowerCase(), id(of)));

beforeEach(async () => {
	on = await makeActors();
	await deposit(id("dealer"), 20_000_000);
	await inTx((tx) => {
		for (const of of ["client", "client3"] as const)
			insertUser(tx, { accountId: id(of), login: `${of}.login`, passwordHash: "", name: of });
	});
	await rename("client", "Corner Shop");
	await rename("client2", "Flower Shop");
	await rename("client3", "Book Shop");
});

describe("the account that is typed", () => {
	it("is found by its id, a login of its people or its whole name", () => {
		for (const whom of [String(id("client")), " CLIENT.login ", "corner shop"])
			expect(page("dealer", { whom, amount: "12,5" })).toMatchObject({
				plan: { account: { id: id("client"), name: "Corner Shop" }, amountMicros: 12_500_000 },
			});
		expect(page("admin", { whom: "Book Shop", amount: "0.01" }).lastResult?.error, "of what there is not").toEqual({
			amount: ['money:error.not_enough|{"has":"0 EUR"}'],
		});
	});

	it("is not told apart from none, where it is another dealer's, or above, or the own", () => {
		const unknown = { whom: ["money:error.whom_unknown"] };
		for (const whom of ["nobody", "987654", "client3.login", String(id("client3")), "Book Shop"])
			expect(errors("dealer", { whom, amount: "1" }), whom).toEqual(unknown);
		for (const whom of ["admin", String(id("admin")), "dealer", String(id("dealer")), "Corner", "%"])
			expect(errors("dealer", { whom, amount: "1" }), whom).toEqual(unknown);
	});

	it("must be named otherwise where two of the own have the name, and may be where the other is a stranger's or closed", async () => {
		await rename("client3", "Corner Shop");
		expect(page("dealer", { whom: "Corner Shop", amount: "1" }).plan?.account.id).toBe(id("client"));
		await rename("client2", "Corner Shop");
		expect(errors("dealer", { whom: "Corner Shop", amount: "1" })).toEqual({ whom: ["money:error.whom_ambiguous"] });
		await inTx((tx) => tx.sql("UPDATE accounts SET state = 'closed' WHERE id = ?").run(id("client2")));
		expect(page("dealer", { whom: "Corner Shop", amount: "1" }).plan?.account.id).toBe(id("client"));
		expect(errors("dealer", { whom: String(id("client2")), amount: "1" })).toEqual({
			whom: ["money:error.whom_closed"],
		});
	});
});

it("what is wrong is said beside its field, all at once, and what was typed is kept", () => {
	const wish = { whom: "nobody", amount: "21", note: "Invoice 7" };
	const refused = page("dealer", wish);
	expect(refused.plan).toBeNull();
	expect(refused.lastResult).toMatchObject({
		initialValue: wish,
		error: { whom: ["money:error.whom_unknown"], amount: ['money:error.not_enough|{"has":"20 EUR"}'] },
	});
	expect(errors("dealer", { whom: "nobody", amount: "much" })).toEqual({
		whom: ["money:error.whom_unknown"],
		amount: ["money:error.not_a_number"],
	});
	expect(errors("dealer", { whom: "x".repeat(101), amount: "1" })).toEqual({ whom: ["money:error.whom_unknown"] });
	expect(errors("dealer", { whom: " ", amount: "-1" })).toEqual({
		whom: ["money:error.whom_missing"],
		amount: ["money:error.negative"],
	});
	expect(page("dealer", { ...wish, change: "1" })).toMatchObject({ plan: null, typed: wish });
	expect(errors("dealer", { ...wish, change: "1" })).toBeUndefined();
	expect(page("dealer", {}).lastResult).toBeUndefined();
});

describe("what is confirmed", () => {
	const form = (fields: Record<string, string>) => {
		const data = new FormData();
		for (const [name, value] of Object.entries(fields)) data.set(name, value);
		return data;
	};

	it("moves once, however often the button is pressed; less than there is by then is refused", async () => {
		const { plan } = page("dealer", { whom: "Corner Shop", amount: "15" });
		const fields = { account: String(plan!.account.id), formKey: plan!.formKey, amount: "15", note: "" };
		const done = await saveTopUp(on.dealer, form(fields));
		expect(await saveTopUp(on.dealer, form(fields))).toEqual(done);
		expect([balance(id("dealer")).availableMicros, balance(id("client")).availableMicros]).toEqual([
			5_000_000, 15_000_000,
		]);
		expect(await saveTopUp(on.dealer, form({ ...fields, formKey: "other" }))).toEqual({
			...{ issue: 'money:error.not_enough|{"has":"5 EUR"}', formKey: "other", status: 422 },
		});
		const reused = await saveTopUp(on.dealer, form({ ...fields, amount: "1" }));
		expect(reused).toMatchObject({
			issue: "money:error.reused",
			status: 409,
			formKey: expect.stringMatching(/^.{36}$/),
		});
		expect(reused, "used up").not.toMatchObject({ formKey: fields.formKey });
	});

	it("is nobody's but that of those who may, for accounts below", async () => {
		const fields = { account: String(id("client3")), formKey: "k", amount: "1" };
		await expect(saveTopUp(on.dealer, form(fields))).rejects.toMatchObject({ status: 404 });
		for (const right of ["money.create", "accounts.read"] as const) {
			on.dealer = { ...on.dealer, rights: new Set([...on.dealer.rights].filter((one) => one !== right)) };
			expect(() => page("dealer", { whom: "Corner Shop", amount: "1" })).toThrow(
				expect.objectContaining({ status: 403 }),
			);
		}
		await expect(saveTopUp(on.dealer, form({ ...fields, account: String(id("client")) }))).rejects.toMatchObject({
			status: 403,
		});
	});
});

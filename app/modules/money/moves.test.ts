import { beforeEach, describe, expect, it } from "vitest";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { AccountNotFoundError, AccountStateError } from "#app/modules/accounts/account.errors.ts";
import { balanceOf } from "#app/modules/ledger/balance-of.server.ts";
import { OpReusedError } from "#app/modules/ledger/ledger.errors.ts";
import { postTransfer } from "#app/modules/ledger/post-transfer.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { deposit } from "./deposit.server.ts";
import {
	CreditBelowDebtError,
	CreditNotCoveredError,
	NotEnoughError,
	NothingToZeroError,
	TooMuchError,
} from "./money.errors.ts";
import { setCreditLimit } from "./set-credit-limit.server.ts";
import { takeBack } from "./take-back.server.ts";
import { topUpAccount } from "./top-up-account.server.ts";
import { withdraw } from "./withdraw.server.ts";
import { zeroAccount } from "./zero-account.server.ts";

testBooks();
let on: Actors;
let key = 0;
const move = (amountMicros: number, formKey = `form-${++key}`) => ({ formKey, amountMicros, note: "" });
const available = (of: keyof Actors) => readBooks((tx) => balanceOf(tx, on[of].account.id).availableMicros);
const id = (of: keyof Actors) => on[of].account.id;
const without = (of: keyof Actors, right: string) => ({
	...on[of],
	rights: new Set([...on[of].rights].filter((one) => one !== right)),
});
const verbs = () => readBooks((tx) => tx.sql("SELECT verb FROM audit ORDER BY id").pluck().all());

beforeEach(async () => {
	on = await makeActors();
	await deposit(on.admin, move(1_000));
	await topUpAccount(on.admin, id("dealer"), move(500));
});

describe("topping up", () => {
	it("goes out of the own balance, straight to an account however deep below", async () => {
		await topUpAccount(on.dealer, id("client"), move(120));
		await topUpAccount(on.admin, id("client"), move(50));
		expect([available("admin"), available("dealer"), available("client")]).toEqual([450, 380, 170]);
		expect(verbs()).toEqual(["money.deposit", "money.top-up", "money.top-up", "money.top-up"]);
	});

	it("gives exactly what there is, and not one micro-unit more", async () => {
		const error = await topUpAccount(on.dealer, id("client"), move(501)).catch((caught) => caught);
		expect(error).toBeInstanceOf(NotEnoughError);
		expect(error.hasMicros).toBe(500);
		await topUpAccount(on.dealer, id("client"), move(500));
		expect([available("dealer"), available("client")]).toEqual([0, 500]);
	});

	it("by one form moves once, also when by the second time there is no more, or the account is closed", async () => {
		const first = await topUpAccount(on.dealer, id("client"), move(500, "once"));
		await inTx((tx) => tx.sql("UPDATE accounts SET state = 'closed' WHERE id = ?").run(id("client")));
		const again = await topUpAccount(on.dealer, id("client"), move(500, "once"));
		expect(again).toMatchObject({ transferId: first.transferId, isRepeat: true });
		expect(verbs()).toHaveLength(3);
		await expect(topUpAccount(on.dealer, id("client"), move(499, "once"))).rejects.toThrow(OpReusedError);
		await expect(topUpAccount(on.dealer, id("client2"), move(500, "once"))).rejects.toThrow(OpReusedError);
	});

	it("another account's form may have the same key", async () => {
		await topUpAccount(on.admin, id("dealer2"), move(100));
		await topUpAccount(on.dealer, id("client"), move(1, "same"));
		await topUpAccount(on.dealer2, id("client3"), move(1, "same"));
		expect([available("client"), available("client3")]).toEqual([1, 1]);
	});

	it("is refused to strangers, to the own account, to those above and to closed ones", async () => {
		for (const other of ["client3", "dealer2", "admin", "dealer"] as const)
			await expect(topUpAccount(on.dealer, id(other), move(1))).rejects.toThrow(AccountNotFoundError);
		await inTx((tx) => tx.sql("UPDATE accounts SET state = 'closed' WHERE id = ?").run(id("client")));
		await expect(topUpAccount(on.dealer, id("client"), move(1))).rejects.toThrow(AccountStateError);
	});

	it("needs the right, and the own account within reach", async () => {
		const noRight = without("dealer", "money.create");
		const limited = { ...on.dealer, branches: [on.client.account.path] };
		for (const actor of [noRight, limited, on.client])
			await expect(topUpAccount(actor, id("client"), move(1))).rejects.toMatchObject({ status: 403 });
	});

	it("pays first what the account owes", async () => {
		await inTx((tx) =>
			postTransfer(tx, {
				...{ opId: "late", input: {}, kind: "capture", accountId: id("client"), by: null },
				parts: [
					{ accountId: id("client"), book: "owed", amountMicros: -30 },
					{ accountId: id("dealer"), book: "available", amountMicros: 30 },
				],
			}),
		);
		await topUpAccount(on.dealer, id("client"), move(100));
		expect(readBooks((tx) => balanceOf(tx, id("client")))).toMatchObject({ availableMicros: 70, owedMicros: 0 });
	});

	it("is refused to whoever owes, though there is credit left", async () => {
		await inTx((tx) => tx.sql("UPDATE ledger_books SET credit_micros = 1000 WHERE account_id = ?").run(id("dealer")));
		await inTx((tx) =>
			postTransfer(tx, {
				...{ opId: "late", input: {}, kind: "refund", accountId: id("client"), by: null },
				parts: [
					{ accountId: id("dealer"), book: "owed", amountMicros: -30 },
					{ accountId: id("client"), book: "available", amountMicros: 30 },
				],
			}),
		);
		await expect(topUpAccount(on.dealer, id("client"), move(1))).rejects.toMatchObject({ hasMicros: 0 });
	});
});

describe("taking back and zeroing", () => {
	beforeEach(() => topUpAccount(on.dealer, id("client"), move(100)));

	it("takes what the account has, never its credit", async () => {
		await setCreditLimit(on.dealer, id("client"), { limitMicros: 50, note: "" });
		await expect(takeBack(on.dealer, id("client"), move(101))).rejects.toMatchObject({ hasMicros: 100 });
		await takeBack(on.dealer, id("client"), move(40));
		expect([available("dealer"), available("client")]).toEqual([440, 60]);
	});

	it("zeroing returns all to the account directly above, whoever asks, and once", async () => {
		const first = await zeroAccount(on.admin, id("client"), { formKey: "zero", note: "" });
		expect([available("admin"), available("dealer"), available("client")]).toEqual([500, 500, 0]);
		expect(await zeroAccount(on.admin, id("client"), { formKey: "zero", note: "" })).toEqual({
			...first,
			isRepeat: true,
		});
		await expect(zeroAccount(on.admin, id("client"), { formKey: "more", note: "" })).rejects.toThrow(
			NothingToZeroError,
		);
	});

	it("what a closed account has can still be returned", async () => {
		await inTx((tx) => tx.sql("UPDATE accounts SET state = 'closed' WHERE id = ?").run(id("client")));
		await expect(takeBack(on.dealer, id("client"), move(1))).rejects.toThrow(AccountStateError);
		await zeroAccount(on.dealer, id("client"), { formKey: "zero", note: "" });
		expect(available("client")).toBe(0);
	});

	it("strangers' accounts are not there", async () => {
		await expect(takeBack(on.dealer2, id("client"), move(1))).rejects.toThrow(AccountNotFoundError);
		await expect(zeroAccount(on.dealer2, id("client"), move(1))).rejects.toThrow(AccountNotFoundError);
		await expect(zeroAccount(on.dealer, id("dealer"), move(1))).rejects.toThrow(AccountNotFoundError);
	});
});

describe("money from and to the outside", () => {
	it("is the root's alone", async () => {
		await expect(deposit(on.dealer, move(1))).rejects.toMatchObject({ status: 403 });
		await expect(withdraw(on.dealer, move(1))).rejects.toMatchObject({ status: 403 });
		await expect(deposit(without("admin", "money.create"), move(1))).rejects.toMatchObject({ status: 403 });
	});

	it("goes out as far as there is any", async () => {
		await expect(withdraw(on.admin, move(501))).rejects.toMatchObject({ hasMicros: 500 });
		await withdraw(on.admin, move(500));
		expect(available("admin")).toBe(0);
	});

	it("more than the books hold exactly is refused", async () => {
		await deposit(on.admin, move(Number.MAX_SAFE_INTEGER - 1_000));
		await expect(deposit(on.admin, move(1))).rejects.toThrow(TooMuchError);
	});
});

describe("a credit limit", () => {
	it("is set and taken away from above, and noted with what it was", async () => {
		await setCreditLimit(on.dealer, id("client"), { limitMicros: 300, note: "till Friday" });
		expect(readBooks((tx) => balanceOf(tx, id("client")).spendableMicros)).toBe(300);
		await setCreditLimit(on.dealer, id("client"), { limitMicros: 0, note: "" });
		const details = readBooks((tx) =>
			tx.sql("SELECT detail FROM audit WHERE verb = 'money.credit' ORDER BY id").pluck().all(),
		);
		expect(details.map((one) => JSON.parse(one as string))).toEqual([
			{ amount: "0.0003", before: "0", remark: "till Friday" },
			{ amount: "0", before: "0.0003", remark: "" },
		]);
		await expect(setCreditLimit(on.dealer2, id("client"), { limitMicros: 1, note: "" })).rejects.toThrow(
			AccountNotFoundError,
		);
		await expect(setCreditLimit(on.client, id("client"), { limitMicros: 1, note: "" })).rejects.toMatchObject({
			status: 403,
		});
	});

	it("cannot be below what is owed on it", async () => {
		await setCreditLimit(on.admin, id("dealer"), { limitMicros: 100, note: "" });
		await topUpAccount(on.dealer, id("client"), move(560));
		const lower = setCreditLimit(on.admin, id("dealer"), { limitMicros: 59, note: "" });
		await expect(lower).rejects.toMatchObject({ debtMicros: 60 });
		await expect(lower).rejects.toThrow(CreditBelowDebtError);
		await setCreditLimit(on.admin, id("dealer"), { limitMicros: 60, note: "" });
	});

	it("that a dealer gives is covered by its own money, over all of its branch; the root gives what it likes", async () => {
		await setCreditLimit(on.dealer, id("client"), { limitMicros: 300, note: "" });
		const more = setCreditLimit(on.dealer, id("client2"), { limitMicros: 201, note: "" });
		await expect(more).rejects.toMatchObject({ mostMicros: 200 });
		await expect(more).rejects.toThrow(CreditNotCoveredError);
		await setCreditLimit(on.dealer, id("client2"), { limitMicros: 200, note: "" });
		await setCreditLimit(on.dealer, id("client"), { limitMicros: 250, note: "" });
		await setCreditLimit(on.admin, id("client3"), { limitMicros: 1e12, note: "" });
	});
});

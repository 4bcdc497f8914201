import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "#app/modules/access/actor.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { addSender } from "#app/modules/accounts/add-sender.server.ts";
import { insertUser } from "#app/modules/accounts/insert-user.server.ts";
import { removeSender } from "#app/modules/accounts/remove-sender.server.ts";
import { getMoneyPage } from "#app/modules/money/get-money-page.server.ts";
import { topUpAccount } from "#app/modules/money/top-up-account.server.ts";
import { getOwnPrices } from "#app/modules/pricing/get-own-prices.server.ts";
import { prove } from "#app/modules/proof/prove.server.ts";
import { writeConnection } from "#db/client.ts";
import { testBooks } from "#db/testing/books.ts";
import { balance, deposit, moneyFaults } from "#db/testing/money.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { chargeFees } from "./charge-fees.server.ts";
import { endFee } from "./end-fee.server.ts";
import { FeeMonthError, FeeNotFoundError, FeeOverlapError, FeeSubjectError } from "./fee.errors.ts";
import { getFeesPage } from "./get-fees-page.server.ts";
import { monthOf, monthPlus, monthStart } from "./month.ts";
import { payFees } from "./pay-fees.server.ts";
import { saveFee } from "./save-fee.server.ts";
import { setFee } from "./set-fee.server.ts";

testBooks();
let on: Actors;
let key = 0;
const ZONE = "Europe/Kyiv";
const month = monthOf(Date.now(), ZONE);
/** A moment in the middle of so many months after this one. */
const later = (months: number) => monthStart(monthPlus(month, months), ZONE) + 14 * 86_400_000;

beforeEach(async () => {
	on = await makeActors();
});

const ACCOUNT = { channel: "", sender: "" } as const;
const wish = (amount: number, more: object = {}) => ({
	...{ formKey: `form-${++key}`, subject: ACCOUNT, amount, from: month, last: "", note: "" },
	...more,
});
const charged = () =>
	readBooks((tx) =>
		tx
			.sql<{ account: number; month: string }>(
				"SELECT account_id AS account, month FROM fee_months ORDER BY transfer_id",
			)
			.all()
			.map((row) => `${row.account} ${row.month}`),
	);
const shown = (seller: Actor, buyer: Actor) =>
	readBooks((tx) => getFeesPage(tx, seller, buyer.account.id, "http://host/fees")).fees;
const available = (actor: Actor) => balance(actor.account.id).availableMicros;

describe("a monthly fee", () => {
	it("goes to the dealer once for each month, however often it is charged, and missed months are made up for in order", async () => {
		await deposit(on.client.account.id, 100);
		await setFee(on.dealer, on.client.account.id, wish(10));
		await chargeFees(undefined, later(0));
		await Promise.all([chargeFees(undefined, later(0)), chargeFees(undefined, later(0))]);
		expect([available(on.client), available(on.dealer)]).toEqual([90, 10]);
		await chargeFees(undefined, later(3));
		const id = on.client.account.id;
		expect(charged()).toEqual([0, 1, 2, 3].map((at) => `${id} ${monthPlus(month, at)}`));
		expect([available(on.client), available(on.dealer)]).toEqual([60, 40]);
		expect(moneyFaults()).toEqual([]);
		expect((await prove()).found).toEqual([]);
	});

	it("is paid at every tier: a dealer's own to whoever stands above it", async () => {
		await deposit(on.client.account.id, 10);
		await setFee(on.dealer, on.client.account.id, wish(10));
		await setFee(on.admin, on.dealer.account.id, wish(7));
		await chargeFees(undefined, later(0));
		await chargeFees(undefined, later(0) + 3_600_001);
		expect([on.client, on.dealer, on.admin].map(available)).toEqual([0, 3, 7]);
	});

	it("begins and ends with its months by the payer's clock", async () => {
		await deposit(on.client.account.id, 100);
		const [from, last] = [monthPlus(month, 1), monthPlus(month, 2)];
		await setFee(on.dealer, on.client.account.id, wish(10, { from, last }));
		await chargeFees(undefined, monthStart(from, ZONE) - 1);
		expect(charged()).toEqual([]);
		await chargeFees(undefined, monthStart(from, ZONE));
		expect(charged()).toHaveLength(1);
		await chargeFees(undefined, later(9));
		expect(charged()).toHaveLength(2);
		expect(shown(on.dealer, on.client)).toMatchObject([{ isOver: true, nextMonth: monthPlus(month, 3) }]);
	});

	it("that the balance does not cover stays due whole, tells both once, makes nobody money, and is paid first by what comes in", async () => {
		for (const who of [on.client, on.dealer])
			await inTx((tx) => {
				insertUser(tx, { accountId: who.account.id, login: `o${who.account.id}`, passwordHash: "", name: "Owner" });
			});
		await deposit(on.client.account.id, 9);
		await deposit(on.dealer.account.id, 50);
		await setFee(on.dealer, on.client.account.id, wish(10));
		await chargeFees(undefined, later(0));
		await chargeFees(undefined, later(0) + 7_200_000);
		expect([available(on.client), available(on.dealer)]).toEqual([9, 50]);
		expect(shown(on.dealer, on.client)[0]!.unpaidSinceUtc).not.toBeNull();
		const told = () => readBooks((tx) => tx.sql("SELECT kind FROM notices ORDER BY id").pluck().all());
		expect(told()).toEqual(["fee.unpaid", "fee.unpaid-below"]);
		await topUpAccount(on.dealer, on.client.account.id, { formKey: "up", amountMicros: 5, note: "" });
		expect([available(on.client), available(on.dealer)]).toEqual([4, 55]);
		expect(shown(on.dealer, on.client)[0]!.unpaidSinceUtc).toBeNull();
		await chargeFees(undefined, later(2));
		expect(told()).toHaveLength(4);
		expect(charged()).toHaveLength(1);
	});

	it("is taken of a blocked account, and never of a closed one, for a dealer it has left, or for a name taken away", async () => {
		await deposit(on.client.account.id, 100);
		await deposit(on.client2.account.id, 100);
		await addSender(on.dealer, on.client.account.id, { channel: "viber", name: "Shop" });
		const subject = { channel: "viber", sender: "Shop" } as const;
		await setFee(on.dealer, on.client.account.id, wish(1, { subject }));
		await setFee(on.dealer, on.client.account.id, wish(20));
		await setFee(on.dealer, on.client2.account.id, wish(30));
		await inTx((tx) => {
			tx.sql("UPDATE accounts SET state = 'blocked' WHERE id = ?").run(on.client.account.id);
		});
		await chargeFees(undefined, later(0));
		expect([available(on.client), available(on.client2)]).toEqual([79, 70]);
		const sender = readBooks((tx) => tx.sql("SELECT id FROM senders WHERE name = 'Shop'").pluck().get()) as number;
		await removeSender(on.dealer, on.client.account.id, sender);
		await inTx((tx) => {
			tx.sql("UPDATE accounts SET state = 'closed' WHERE id = ?").run(on.client2.account.id);
		});
		await chargeFees(undefined, later(1));
		expect([available(on.client), available(on.client2)]).toEqual([59, 70]);
		await inTx((tx) => {
			tx.sql("UPDATE accounts SET parent_id = ? WHERE id = ?").run(on.dealer2.account.id, on.client.account.id);
		});
		await chargeFees(undefined, later(5));
		expect(available(on.client)).toBe(59);
		expect(readBooks((tx) => tx.sql("SELECT count(*) FROM fees WHERE try_at_utc IS NOT NULL").pluck().get())).toBe(0);
	});

	it("ends when its dealer says so, not before what was charged; what is due and unpaid is let go", async () => {
		await deposit(on.client.account.id, 10);
		await setFee(on.dealer, on.client.account.id, wish(10));
		await chargeFees(undefined, later(1));
		const feeId = shown(on.dealer, on.client)[0]!.id;
		const end = (last: string | null) => endFee(on.dealer, on.client.account.id, { feeId, last });
		await expect(end(monthPlus(month, -1))).rejects.toThrow(FeeMonthError);
		await end(month);
		expect(shown(on.dealer, on.client)).toMatchObject([{ isOver: true, unpaidSinceUtc: null }]);
		await expect(end(null)).rejects.toThrow(FeeNotFoundError);
		expect(await inTx((tx) => payFees(tx, on.client.account.id, later(4)))).toBe(true);
	});

	it("is set once by a form that is sent twice; two for the same in one month, and one for another's name, are refused", async () => {
		const first = wish(10, { last: monthPlus(month, 2) });
		await setFee(on.dealer, on.client.account.id, first);
		await setFee(on.dealer, on.client.account.id, first);
		expect(shown(on.dealer, on.client)).toHaveLength(1);
		await expect(setFee(on.dealer, on.client.account.id, wish(11, { from: monthPlus(month, 2) }))).rejects.toThrow(
			FeeOverlapError,
		);
		await setFee(on.dealer, on.client.account.id, wish(11, { from: monthPlus(month, 3) }));
		await addSender(on.dealer2, on.client3.account.id, { channel: "viber", name: "Others" });
		const subject = { channel: "viber", sender: "Others" } as const;
		await expect(setFee(on.dealer, on.client.account.id, wish(1, { subject }))).rejects.toThrow(FeeSubjectError);
	});

	it("is nobody's to set, see or end but the dealer's directly above", async () => {
		await setFee(on.dealer, on.client.account.id, wish(10));
		const feeId = shown(on.dealer, on.client)[0]!.id;
		for (const stranger of [on.dealer2, on.admin]) {
			await expect(setFee(stranger, on.client.account.id, wish(1))).rejects.toThrow("account");
			expect(() => shown(stranger, on.client)).toThrow("account");
			await expect(endFee(stranger, on.client.account.id, { feeId, last: null })).rejects.toThrow("account");
		}
		await expect(endFee(on.dealer2, on.client3.account.id, { feeId, last: null })).rejects.toThrow(FeeNotFoundError);
		await expect(setFee(on.client, on.client.account.id, wish(1))).rejects.toMatchObject({ status: 403 });
		expect(readBooks((tx) => getOwnPrices(tx, on.client)).fees).toMatchObject([{ amountMicros: 10 }]);
		expect(readBooks((tx) => getOwnPrices(tx, on.client2)).fees).toEqual([]);
	});

	it("is named in the history of both", async () => {
		await deposit(on.client.account.id, 10);
		await setFee(on.dealer, on.client.account.id, wish(10, { note: "For the name" }));
		await chargeFees(undefined, later(0));
		const line = (reader: Actor) =>
			readBooks((tx) => getMoneyPage(tx, reader, undefined, { book: "available", from: "", to: "", words: "" }))
				.lines[0];
		const same = { kind: "fee", note: "For the name", fee: { channel: "", sender: "", month } };
		expect(line(on.client)).toMatchObject({ ...same, amountMicros: -10, party: { is: "dealer" } });
		expect(line(on.dealer)).toMatchObject({ ...same, amountMicros: 10, party: { is: "account" } });
	});

	it("that was taken wrongly is found by the proof", async () => {
		await deposit(on.client.account.id, 10);
		await setFee(on.dealer, on.client.account.id, wish(10));
		await chargeFees(undefined, later(0));
		writeConnection().raw.exec("UPDATE fee_months SET amount_micros = 9");
		expect((await prove()).found).toMatchObject([{ kind: "fee", keptMicros: 10, countedMicros: 9 }]);
		writeConnection().raw.exec("DELETE FROM fee_months");
		expect((await prove()).found).toMatchObject([{ kind: "fee" }]);
	});
});

describe("the form of a fee", () => {
	const fill = (fields: Record<string, string>) => {
		const form = new FormData();
		for (const [name, value] of Object.entries({ formKey: "f", subject: "", amount: "5", from: month, ...fields }))
			form.set(name, value);
		return saveFee(on.dealer, on.client.account.id, form);
	};

	it("says what is wrong beside the field, and keeps what was typed", async () => {
		const failed = await fill({ amount: "much", from: monthPlus(month, -1), last: "soon" });
		expect(Object.keys(failed!.lastResult.error!).sort()).toEqual(["amount", "from", "last"]);
		expect(failed!.lastResult.initialValue).toMatchObject({ amount: "much" });
		expect((await fill({ subject: "viber:Not mine" }))!.lastResult.error).toHaveProperty("subject");
		expect((await fill({ from: monthPlus(month, 2), last: month }))!.lastResult.error).toHaveProperty("last");
		expect(await fill({})).toBeUndefined();
		expect((await fill({ formKey: "other" }))!.lastResult.error).toHaveProperty("from");
	});
});

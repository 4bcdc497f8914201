import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "#app/modules/access/actor.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { AccountNotFoundError } from "#app/modules/accounts/account.errors.ts";
import { dayOf, utcOfDay } from "#app/modules/ledger/money-day.ts";
import { writeConnection } from "#db/client.ts";
import { testBooks } from "#db/testing/books.ts";
import { deposit } from "#db/testing/money.ts";
import { putDays } from "#db/testing/money-days.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { BillNotFoundError } from "./bill.errors.ts";
import { cancelBill } from "./cancel-bill.server.ts";
import { getBill, getBillPage, getCancelBillPage } from "./get-bill.server.ts";
import { issueBill } from "./issue-bill.server.ts";
import { listBills } from "./list-bills.server.ts";
import { saveDetails } from "./save-details.server.ts";
import { submitBill } from "./submit-bill.server.ts";

testBooks();

let on: Actors;
let clientId: number;
const DAY = dayOf(Date.now()) - 40;
const period = { fromDay: DAY, toDay: DAY + 9 };

function form(fields: Record<string, string>): FormData {
	const data = new FormData();
	for (const [name, value] of Object.entries(fields)) data.set(name, value);
	return data;
}
const seller = (more: Record<string, string> = {}) =>
	form({
		legalName: "Kyiv Mail LLC",
		address: "1 Main St\nKyiv",
		taxId: "UA 1",
		payment: "IBAN 1",
		taxRate: "20",
		...more,
	});
const bill = (id: number, actor: Actor = on.dealer) => readBooks((tx) => getBill(tx, actor, id));
const list = (actor: Actor, of: string | null = null) => readBooks((tx) => listBills(tx, actor, of)).bills;

beforeEach(async () => {
	on = await makeActors();
	clientId = on.client.account.id;
	const accountId = on.dealer.account.id;
	await putDays([
		{ accountId, childId: clientId, day: DAY, messages: 3, revenueMicros: 10_004_999, costMicros: 1 },
		{ accountId, childId: clientId, day: DAY + 9, messages: 2, revenueMicros: 5_000_000 },
		{ accountId, childId: clientId, day: DAY + 9, channel: "sms", country: "PL", messages: -1, revenueMicros: -10_000 },
		{
			accountId,
			childId: clientId,
			day: DAY + 5,
			channel: "",
			country: "",
			kind: "fee",
			messages: 0,
			revenueMicros: 7_000_000,
		},
		{ accountId, childId: clientId, day: DAY + 10, messages: 100, revenueMicros: 1 },
		{ accountId, childId: on.client2.account.id, day: DAY, messages: 50, revenueMicros: 50 },
		{ accountId: clientId, childId: clientId, day: DAY, messages: 3, costMicros: 10_004_999 },
	]);
	expect(await saveDetails(on.dealer, undefined, seller())).toBeUndefined();
});

describe("a bill", () => {
	it("has what the buyer paid this seller in the period, exact, and one rounded total with its tax", async () => {
		const made = bill(await issueBill(on.dealer, clientId, period));
		expect(made.lines).toEqual([
			{ channel: "sms", country: "PL", kind: "text", quantity: -1, amountMicros: -10_000 },
			{ channel: "viber", country: "UA", kind: "text", quantity: 5, amountMicros: 15_004_999 },
			{ channel: "", country: "", kind: "fee", quantity: 0, amountMicros: 7_000_000 },
		]);
		expect(made).toMatchObject({
			...{ number: 1, sumMicros: 21_994_999, totalMicros: 21_990_000, taxMicros: 3_670_000, currency: "EUR" },
			...{ seller: { legalName: "Kyiv Mail LLC", taxRate: 2_000 }, buyer: { legalName: "client" } },
		});
	});

	it("has a client's balance of the period with every kind that moved it; a dealer's has none", async () => {
		await deposit(clientId, 500);
		const now = utcOfDay(dayOf(Date.now()) + 1);
		const today = { fromDay: DAY, toDay: dayOf(Date.now()) };
		const made = bill(await issueBill(on.dealer, clientId, today, now));
		expect(made.balance).toEqual({ openingMicros: 0, closingMicros: 500, moves: [{ kind: "deposit", micros: 500 }] });
		await putDays([{ accountId: on.admin.account.id, childId: on.dealer.account.id, day: DAY, revenueMicros: 9 }]);
		await saveDetails(on.admin, undefined, seller());
		expect(bill(await issueBill(on.admin, on.dealer.account.id, period), on.admin).balance).toBeNull();
	});

	it("is the same one when it is asked for again; other days of it are refused until it is cancelled", async () => {
		const id = await issueBill(on.dealer, clientId, period);
		expect(await issueBill(on.dealer, clientId, period)).toBe(id);
		await expect(issueBill(on.dealer, clientId, { fromDay: DAY + 9, toDay: DAY + 12 })).rejects.toMatchObject({
			reason: "overlaps",
		});
		await cancelBill(on.dealer, id);
		expect(bill(await issueBill(on.dealer, clientId, { fromDay: DAY + 9, toDay: DAY + 12 })).number).toBe(3);
	});

	it("is cancelled once, by one of the opposite with the next number; both stay", async () => {
		const id = await issueBill(on.dealer, clientId, period);
		const by = await cancelBill(on.dealer, id);
		expect(await cancelBill(on.dealer, id)).toBe(by);
		expect(bill(by)).toMatchObject({ number: 2, cancelsId: id, totalMicros: -21_990_000, taxMicros: -3_670_000 });
		expect(bill(by).lines[1]).toMatchObject({ quantity: -5, amountMicros: -15_004_999 });
		expect(bill(id)).toMatchObject({ totalMicros: 21_990_000, cancelledByNumber: 2 });
		await expect(cancelBill(on.dealer, by)).rejects.toMatchObject({ reason: "is_cancelling" });
		const asked = (actor: Actor) => readBooks((tx) => getCancelBillPage(tx, actor, id));
		expect(asked(on.dealer)).toMatchObject({ mayCancel: false, cancelledByNumber: 2 });
		expect(() => asked(on.dealer2)).toThrow(BillNotFoundError);
	});

	it("keeps what it says when details change, and nothing in the books changes it", async () => {
		const id = await issueBill(on.dealer, clientId, period);
		await saveDetails(on.dealer, undefined, seller({ legalName: "Other" }));
		await saveDetails(on.dealer, clientId, form({ legalName: "Client Ltd", address: "", taxId: "" }));
		expect(bill(id)).toMatchObject({ seller: { legalName: "Kyiv Mail LLC" }, buyer: { legalName: "client" } });
		const { raw } = writeConnection();
		for (const change of [
			"UPDATE bills SET total_micros = 1",
			"DELETE FROM bills",
			"UPDATE bill_lines SET quantity = 1",
			"DELETE FROM bill_lines",
		])
			expect(() => raw.exec(change)).toThrow("never");
	});

	it("has the next number of its seller, whoever else makes bills", async () => {
		await putDays([{ accountId: on.dealer2.account.id, childId: on.client3.account.id, day: DAY, revenueMicros: 5 }]);
		await saveDetails(on.dealer2, undefined, seller());
		await issueBill(on.dealer, clientId, period);
		const other = await issueBill(on.dealer2, on.client3.account.id, period);
		const third = await issueBill(on.dealer, on.client2.account.id, period);
		expect([bill(other, on.dealer2).number, bill(third).number]).toEqual([1, 2]);
	});

	it.each([
		["for days that are not over", { fromDay: DAY, toDay: dayOf(Date.now()) }, "not_over"],
		["for more than a year", { fromDay: DAY - 400, toDay: DAY }, "too_long"],
		["for nothing", { fromDay: DAY - 10, toDay: DAY - 1 }, "nothing"],
	])("%s is refused", async (_, of, reason) => {
		await expect(issueBill(on.dealer, clientId, of)).rejects.toMatchObject({ reason });
	});

	it("of a seller without a name is refused, and leaves no gap", async () => {
		await saveDetails(on.dealer, undefined, seller({ legalName: "" }));
		await expect(issueBill(on.dealer, clientId, period)).rejects.toMatchObject({ reason: "details" });
		await saveDetails(on.dealer, undefined, seller());
		expect(bill(await issueBill(on.dealer, clientId, period)).number).toBe(1);
	});
});

describe("whose bills", () => {
	it("only an account directly below is billed", async () => {
		for (const [actor, buyerId] of [
			[on.admin, clientId],
			[on.dealer2, clientId],
			[on.dealer, on.dealer.account.id],
			[on.dealer, on.admin.account.id],
		] as const)
			await expect(issueBill(actor, buyerId, period)).rejects.toThrow(AccountNotFoundError);
		await expect(issueBill(on.client, clientId, period)).rejects.toMatchObject({ status: 403 });
	});

	it("only the two see one; only the seller cancels it", async () => {
		const id = await issueBill(on.dealer, clientId, period);
		expect(bill(id, on.client).number).toBe(1);
		for (const actor of [on.admin, on.dealer2, on.client2, on.client3])
			expect(() => bill(id, actor)).toThrow(BillNotFoundError);
		await expect(cancelBill(on.client, id)).rejects.toMatchObject({ status: 403 });
		await expect(cancelBill(on.dealer2, id)).rejects.toThrow(BillNotFoundError);
		expect(readBooks((tx) => getBillPage(tx, on.client, id))).toMatchObject({ isSeller: false, mayCancel: false });
		expect([list(on.dealer).length, list(on.client).length, list(on.dealer, "received").length]).toEqual([1, 1, 0]);
		expect([list(on.client2).length, list(on.admin).length]).toEqual([0, 0]);
	});

	it("a dealer may cancel what it billed to a client that has moved away; the new dealer reads nothing of it", async () => {
		const id = await issueBill(on.dealer, clientId, period);
		await inTx((tx) =>
			tx
				.sql("UPDATE accounts SET parent_id = ?, path = ? || id || '/' WHERE id = ?")
				.run(on.dealer2.account.id, on.dealer2.account.path, clientId),
		);
		await cancelBill(on.dealer, id);
		const readers = readBooks((tx) =>
			tx
				.sql(
					"SELECT s.account_id FROM audit_scopes s JOIN audit a ON a.id = s.audit_id WHERE a.verb = 'bill.cancel' ORDER BY 1",
				)
				.pluck()
				.all(),
		);
		expect(readers).toEqual([on.admin.account.id, on.dealer.account.id]);
	});

	it("details are set by who manages the account's people, or by somebody above, who does not say how it is paid", async () => {
		const looking = {
			...on.client,
			rights: new Set([...on.client.rights].filter((one) => one !== "employees.update")),
		};
		await expect(saveDetails(looking, undefined, seller())).rejects.toMatchObject({ status: 403 });
		await expect(saveDetails(on.dealer2, clientId, seller())).rejects.toThrow(AccountNotFoundError);
		await saveDetails(on.admin, on.dealer.account.id, seller({ legalName: "New name", payment: "another's IBAN" }));
		const made = bill(await issueBill(on.dealer, clientId, period));
		expect(made.seller).toMatchObject({ legalName: "New name", payment: "IBAN 1" });
	});
});

describe("the forms", () => {
	it.each([
		[{ taxRate: "101" }, "taxRate"],
		[{ taxRate: "7,255" }, "taxRate"],
		[{ address: "x".repeat(501) }, "address"],
		[{ note: "bell\u0007" }, "note"],
	])("say what is wrong with %s", async (fields, field) => {
		const failed = await saveDetails(on.dealer, undefined, seller(fields));
		expect(Object.keys(failed!.lastResult.error ?? {})).toEqual([field]);
	});

	it("say what is wrong with a period, and keep what was typed", async () => {
		const wrong = await submitBill(on.dealer, clientId, form({ from: "2026-02-31", to: "2026-02-01" }));
		expect(wrong).toMatchObject({ status: 422, lastResult: { error: { from: ["bills:error.date"] } } });
		const turned = await submitBill(on.dealer, clientId, form({ from: "2026-02-02", to: "2026-02-01" }));
		expect(turned).toMatchObject({ lastResult: { error: { to: ["bills:error.order"] } } });
		const empty = await submitBill(on.dealer, clientId, form({ from: "2020-01-01", to: "2020-01-31" }));
		expect(empty).toMatchObject({ lastResult: { error: { "": ["bills:refused.nothing"] } } });
		await expect(submitBill(on.dealer2, clientId, form({}))).rejects.toMatchObject({ status: 404 });
	});
});

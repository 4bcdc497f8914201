import { beforeEach, describe, expect, it } from "vitest";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { insertUser } from "#app/modules/accounts/insert-user.server.ts";
import { chargeFees } from "#app/modules/fees/charge-fees.server.ts";
import { monthOf } from "#app/modules/fees/month.ts";
import { setFee } from "#app/modules/fees/set-fee.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { deposit } from "#db/testing/money.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { accountDay } from "./account-day.server.ts";
import { allowedVolume, BRAKE } from "./brake.ts";
import { countDay } from "./count-day.server.ts";
import { getAccountLimits, getOwnLimits } from "./get-limits-page.server.ts";
import { requireWithinDay } from "./require-within-day.server.ts";
import { saveAccountLimits, saveOwnLimits, savePlatformBrake } from "./save-limits.server.ts";
import { setOwnLimits } from "./set-own-limits.server.ts";
import { tellLowBalances } from "./tell-low-balances.server.ts";

testBooks();
let on: Actors;
beforeEach(async () => {
	on = await makeActors();
	for (const who of [on.admin, on.dealer, on.dealer2, on.client, on.client3])
		await inTx((tx) => {
			insertUser(tx, { accountId: who.account.id, login: `o${who.account.id}`, passwordHash: "", name: "Owner" });
		});
});

const form = (fields: Record<string, string>) => {
	const filled = new FormData();
	for (const [name, value] of Object.entries(fields)) filled.set(name, value);
	return filled;
};
const notices = () =>
	readBooks((tx) =>
		tx
			.sql<{ line: string }>("SELECT account_id || ' ' || kind AS line FROM notices ORDER BY id")
			.all()
			.map(({ line }) => line),
	);

describe("a low balance", () => {
	const client = () => on.client.account.id;
	const spend = (micros: number) => deposit(client(), -micros);

	it("is told to the account and its dealer once for each fall, and to nobody else", async () => {
		await deposit(client(), 100);
		await deposit(on.client3.account.id, 5);
		await setOwnLimits(on.client, { low: 50, cap: null });
		await tellLowBalances();
		expect(notices()).toEqual([]);
		await spend(50);
		await tellLowBalances();
		expect(notices(), "just as much as the threshold is not below it").toEqual([]);
		await spend(1);
		await Promise.all([tellLowBalances(), tellLowBalances()]);
		await spend(10);
		await tellLowBalances();
		const once = [`${client()} balance.low`, `${on.dealer.account.id} balance.low-below`];
		expect(notices()).toEqual(once);
		await deposit(client(), 60);
		await tellLowBalances();
		await spend(60);
		await tellLowBalances();
		expect(notices()).toEqual([...once, ...once]);
	});

	it("is told anew of another threshold, and of none not at all; credit counts as what can be spent", async () => {
		await deposit(client(), 10);
		await setOwnLimits(on.client, { low: 50, cap: null });
		await tellLowBalances();
		await setOwnLimits(on.client, { low: 40, cap: null });
		await tellLowBalances();
		expect(notices()).toHaveLength(4);
		await setOwnLimits(on.client, { low: null, cap: null });
		await tellLowBalances();
		await inTx((tx) => {
			tx.sql("UPDATE ledger_books SET credit_micros = 100 WHERE account_id = ? AND kind = 'available'").run(client());
		});
		await setOwnLimits(on.client, { low: 40, cap: null });
		await tellLowBalances();
		expect(notices()).toHaveLength(4);
	});

	it("is found by keys alone", () => {
		const plan = readBooks((tx) =>
			tx
				.sql<{ detail: string }>(
					`EXPLAIN QUERY PLAN SELECT id FROM ledger_books INDEXED BY ledger_books_fallen
					  WHERE is_low = 0 AND low_micros > balance_micros + credit_micros LIMIT 50`,
				)
				.all(),
		);
		expect(plan.map(({ detail }) => detail).join()).toContain("ledger_books_fallen");
	});
});

describe("the day", () => {
	it("is the account's own, with its fees in it, and begins anew by its clock", async () => {
		const id = on.client.account.id;
		await deposit(id, 100);
		const now = Date.now();
		const month = monthOf(now, "Europe/Kyiv");
		const subject = { channel: "", sender: "" } as const;
		await setFee(on.dealer, id, { formKey: "k", subject, amount: 7, from: month, last: "", note: "" });
		await chargeFees();
		await inTx((tx) => countDay(tx, id, { micros: 5, messages: 3 }));
		const day = readBooks((tx) => accountDay(tx, id));
		expect(day).toMatchObject({ spentMicros: 12, messages: 3, busiest: 0, isNew: true, timeZone: "Europe/Kyiv" });
		expect(readBooks((tx) => accountDay(tx, id, day.resetsAtUtc - 1))).toMatchObject({ day: day.day, spentMicros: 12 });
		expect(readBooks((tx) => accountDay(tx, id, day.resetsAtUtc))).toMatchObject({ spentMicros: 0, busiest: 3 });
		expect(readBooks((tx) => accountDay(tx, id, day.resetsAtUtc + 31 * 86_400_000)).busiest).toBe(0);
		expect(readBooks((tx) => accountDay(tx, on.client2.account.id)).spentMicros).toBe(0);
	});

	it("lets through just what is left of the limit, and names all figures when it does not", async () => {
		const id = on.client.account.id;
		const ask = (micros: number) =>
			readBooks((tx) => requireWithinDay(tx, { accountId: id, campaignId: 1 }, { micros, messages: 1 }));
		await saveAccountLimits(on.dealer, id, form({ version: "0", cap: "0.000020", brake: "on" }));
		await inTx((tx) => countDay(tx, id, { micros: 15, messages: 3 }));
		ask(5);
		expect(() => ask(6)).toThrow(
			expect.objectContaining({ name: "SpendCapError", capMicros: 20, usedMicros: 15, needMicros: 6, currency: "EUR" }),
		);
		await setOwnLimits(on.client, { low: null, cap: 16 });
		expect(() => ask(2)).toThrow(expect.objectContaining({ name: "SpendCapError", capMicros: 16 }));
		ask(0);
	});
});

describe("the brake", () => {
	it("lets the floor through, then so many times the busiest day; of a new account no more than its own ceiling", () => {
		const brake = { ...BRAKE, factor: 10, floor: 100, firstDays: 30 };
		expect(allowedVolume(brake, 0, false)).toBe(100);
		expect(allowedVolume(brake, 10, false)).toBe(100);
		expect(allowedVolume(brake, 11, false)).toBe(110);
		expect(allowedVolume(brake, 50, true)).toBe(30);
		expect(allowedVolume({ ...brake, isOff: true }, 0, true)).toBeNull();
	});
});

describe("the settings", () => {
	it("of those above: empty ones are the platform's, and of two who edit at once the second is told", async () => {
		const id = on.client.account.id;
		const of = { cap: "5", brake: "on", factor: "3", floor: "", firstDays: "1 000" };
		expect(await saveAccountLimits(on.dealer, id, form({ ...of, version: "0" }))).toBeUndefined();
		expect(await saveAccountLimits(on.dealer, id, form({ ...of, version: "0" }))).toMatchObject({
			status: 409,
			version: 1,
		});
		await savePlatformBrake(on.admin, form({ brake: "on", factor: "9", floor: "77", firstDays: "8" }));
		const page = readBooks((tx) => getAccountLimits(tx, on.dealer, id));
		expect(page.limits).toMatchObject({ capMicros: 5_000_000, brakeFactor: 3, brakeFloor: null, brakeFirstDays: 1000 });
		expect(page.standing).toMatchObject({ allowed: 1000, isNew: true });
		expect(readBooks((tx) => getOwnLimits(tx, on.client3)).standing.allowed).toBe(8);
		await savePlatformBrake(on.admin, form({ brake: "off", factor: "9", floor: "77", firstDays: "8" }));
		expect(readBooks((tx) => getOwnLimits(tx, on.client)).standing.allowed).toBeNull();
	});

	it("say what is wrong beside the field", async () => {
		const failed = await saveAccountLimits(
			on.dealer,
			on.client.account.id,
			form({ version: "0", cap: "-1", brake: "maybe", factor: "0", floor: "1.5", firstDays: "x" }),
		);
		expect(Object.keys(failed!.lastResult.error!).sort()).toEqual(["brake", "cap", "factor", "firstDays"]);
		expect(await savePlatformBrake(on.admin, form({ brake: "on" }))).toMatchObject({ status: 422 });
	});

	it("an account sets itself no more than it was given", async () => {
		await saveAccountLimits(on.dealer, on.client.account.id, form({ version: "0", cap: "5", brake: "on" }));
		expect((await saveOwnLimits(on.client, form({ cap: "6" })))!.lastResult.error).toHaveProperty("cap");
		expect(await saveOwnLimits(on.client, form({ cap: "4", low: "1" }))).toBeUndefined();
		expect(readBooks((tx) => getOwnLimits(tx, on.client))).toMatchObject({
			...{ lowMicros: 1_000_000, ownCapMicros: 4_000_000, givenCapMicros: 5_000_000 },
			standing: { capMicros: 4_000_000 },
		});
	});

	it("are nobody's to see or change but those above, and the account's own people who manage its people", async () => {
		const id = on.client.account.id;
		for (const stranger of [on.dealer2, on.client3]) {
			const change = saveAccountLimits(stranger, id, form({ version: "0", brake: "off" }));
			await expect(change).rejects.toSatisfy((e: unknown) => e instanceof Response || /account/.test(String(e)));
			expect(() => readBooks((tx) => getAccountLimits(tx, stranger, id))).toThrow();
		}
		await expect(saveAccountLimits(on.client, id, form({}))).rejects.toMatchObject({ status: 403 });
		await expect(saveAccountLimits(on.dealer, on.dealer.account.id, form({ version: "0" }))).rejects.toThrow("account");
		const sender = { ...on.client, rights: new Set([...on.client.rights].filter((one) => one !== "employees.update")) };
		await expect(setOwnLimits(sender, { low: null, cap: null })).rejects.toMatchObject({ status: 403 });
		await expect(savePlatformBrake(on.dealer, form({}))).rejects.toMatchObject({ status: 403 });
	});
});

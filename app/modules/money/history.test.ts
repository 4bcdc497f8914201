import { parse } from "csv-parse/sync";
import type { TFunction } from "i18next";
import { beforeEach, describe, expect, it } from "vitest";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { AccountNotFoundError } from "#app/modules/accounts/account.errors.ts";
import { postTransfer } from "#app/modules/ledger/post-transfer.server.ts";
import type { Part } from "#app/modules/ledger/transfer.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { deposit } from "./deposit.server.ts";
import { exportHistory } from "./export-history.server.ts";
import { exportStatement } from "./export-statement.server.ts";
import { getMoneyPage } from "./get-money-page.server.ts";
import { getStatement } from "./get-statement.server.ts";
import { readHistoryFilter } from "./history-filter.ts";
import { topUpAccount } from "./top-up-account.server.ts";

testBooks();
let on: Actors;
let key = 0;
const move = (amountMicros: number, note = "") => ({ formKey: `form-${++key}`, amountMicros, note });
const page = (as: keyof Actors, of?: keyof Actors, query = "", after?: number) =>
	readBooks((tx) =>
		getMoneyPage(tx, on[as], of && on[of].account.id, readHistoryFilter(new URLSearchParams(query)), { after }),
	);
const t = ((name: string, values?: Record<string, unknown>) =>
	[name, ...Object.values(values ?? {})].join(" ")) as TFunction;
const part = (of: keyof Actors, book: Part["book"], amountMicros: number): Part => ({
	accountId: on[of].account.id,
	book,
	amountMicros,
});
/** The client pays 10, its dealer keeps 4 of it, the root gets the rest. */
const charge = (at: number, campaignId = 77) =>
	inTx((tx) => {
		postTransfer(tx, {
			...{ opId: `charge-${at}`, input: {}, kind: "capture", accountId: on.client.account.id, by: null },
			messages: { campaignId, priceClass: 1, quantity: 2 },
			parts: [part("client", "available", -10), part("dealer", "available", 4), part("admin", "available", 6)],
		});
	});

beforeEach(async () => {
	on = await makeActors();
	await deposit(on.admin, move(10_000));
	await topUpAccount(on.admin, on.dealer.account.id, move(5_000, "Vertrag Ж-7"));
	await topUpAccount(on.dealer, on.client.account.id, move(1_000, "Invoice 118"));
	await topUpAccount(on.admin, on.client.account.id, move(50));
});

describe("a history", () => {
	it("names the other side as far as the reader may know it", async () => {
		const parties = (as: keyof Actors, of?: keyof Actors) => page(as, of).lines.map(({ party }) => party?.is ?? null);
		expect(parties("client")).toEqual(["service", "dealer"]);
		expect(parties("dealer")).toEqual(["account", "dealer"]);
		expect(parties("dealer", "client")).toEqual(["dealer", "own"]);
		expect(parties("admin", "client")).toEqual(["own", "account"]);
		expect(JSON.stringify(page("client"))).not.toMatch(/"name":"(dealer|admin)"/);
	});

	it("tells nobody what others get of the same transfer", async () => {
		await charge(1);
		const [line] = page("client").lines;
		expect(line).toMatchObject({
			kind: "capture",
			amountMicros: -10,
			balanceMicros: 1_040,
			quantity: 2,
			campaignName: null,
		});
		expect(page("dealer").lines[0]).toMatchObject({ amountMicros: 4, balanceMicros: 4_004 });
		expect(page("client").lines).toHaveLength(3);
	});

	it("is the own one, or of an account within reach, for whoever may see money", async () => {
		expect(() => page("dealer", "client3")).toThrow(AccountNotFoundError);
		expect(() => page("dealer", "admin")).toThrow(AccountNotFoundError);
		expect(() => page("client", "client2")).toThrow();
		const rights = new Set([...on.dealer.rights].filter((right) => right !== "money.read"));
		const blind = { ...on.dealer, rights };
		for (const id of [undefined, on.client.account.id])
			expect(() => readBooks((tx) => getMoneyPage(tx, blind, id, readHistoryFilter(new URLSearchParams())))).toThrow();
	});

	it("is narrowed by kind, words of the note, campaign and days", async () => {
		await charge(1, 77);
		await charge(2, 78);
		const ids = (query: string) => page("client", undefined, query).lines.map(({ id }) => id);
		expect(ids("kind=top_up")).toEqual([4, 3]);
		expect(ids("q=invoice")).toEqual([3]);
		expect(page("dealer", undefined, "q=%D0%B6-7").lines.map(({ id }) => id)).toEqual([2]);
		expect(ids("campaign=78")).toEqual([6]);
		expect(ids("to=2020-01-01")).toEqual([]);
		expect(ids("from=2020-01-01")).toEqual([6, 5, 4, 3]);
		expect(ids("book=held")).toEqual([]);
	});

	it("is paged by key, without a gap or a repeat", async () => {
		for (let i = 0; i < 60; i++) await charge(i);
		const first = page("client");
		expect(first.lines).toHaveLength(50);
		const second = page("client", undefined, "", first.nextBefore!);
		expect(second.nextBefore).toBeNull();
		const all = [...first.lines, ...second.lines];
		expect(all.map(({ id }) => id)).toEqual(Array.from({ length: 62 }, (_, i) => 64 - i));
		for (const [i, line] of all.slice(1).entries())
			expect(line.balanceMicros).toBe(all[i]!.balanceMicros - all[i]!.amountMicros);
	});
});

describe("a statement", () => {
	const day = 86_400_000;
	const date = (at: number) => new Date(at).toISOString().slice(0, 10);

	it("has the balances of both ends, and between them what moved, by kind", async () => {
		for (let i = 0; i < 3; i++) await charge(i);
		const now = Date.now();
		const statement = await getStatement(on.dealer, on.client.account.id, {
			from: date(now - day),
			to: date(now + day),
		});
		expect(statement.books).toEqual([
			{
				book: "available",
				openingMicros: 0,
				closingMicros: 1_020,
				sums: [
					{ kind: "top_up", micros: 1_050, count: 2 },
					{ kind: "capture", micros: -30, count: 3 },
				],
			},
		]);
		const later = await getStatement(on.client, undefined, { from: date(now + 2 * day), to: date(now + 3 * day) });
		expect(later.books).toMatchObject([{ openingMicros: 1_020, closingMicros: 1_020, sums: [] }]);
		const before = await getStatement(on.client, undefined, { from: date(now - 3 * day), to: date(now - 2 * day) });
		expect(before.books).toMatchObject([{ openingMicros: 0, closingMicros: 0, sums: [] }]);
		await expect(getStatement(on.dealer, on.client3.account.id, { from: "", to: "" })).rejects.toThrow(
			AccountNotFoundError,
		);
	});

	it("with more movements than can be added up still has its balances", async () => {
		const { books } = await getStatement(on.client, undefined, { from: "", to: "" }, 0);
		expect(books).toMatchObject([{ closingMicros: 1_050, sums: null }]);
	});
});

describe("an export", () => {
	const filter = readHistoryFilter(new URLSearchParams());

	it("has the lines of the history, in slices, and says where it was cut", async () => {
		for (let i = 0; i < 8; i++) await charge(i);
		const read = async (max: number) => {
			const file = await exportHistory(on.client, undefined, filter, "csv", t, max);
			return parse(await new Response(file).text(), { bom: true, relax_column_count: true }) as string[][];
		};
		const whole = await read(100);
		expect(whole).toHaveLength(11);
		expect(whole[1]!.slice(10, 12)).toEqual(["-0.00001", "0.00097"]);
		expect(whole.at(-1)!.slice(6, 7)).toEqual(["money:party.dealer"]);
		expect((await read(4)).map(([id]) => id)).toEqual(["money:column.id", "12", "11", "10", "9", "money:export.cut 4"]);
		expect(readBooks((tx) => tx.sql("SELECT count(*) FROM audit WHERE verb = 'money.export'").pluck().get())).toBe(2);
		await expect(exportHistory(on.dealer, on.client3.account.id, filter, "csv", t)).rejects.toThrow(
			AccountNotFoundError,
		);
	});

	it("is a spreadsheet as well", async () => {
		for (const file of [
			await exportHistory(on.client, undefined, filter, "xlsx", t),
			await exportStatement(on.client, undefined, { from: "", to: "" }, "xlsx", t),
		])
			expect(
				Buffer.from(file as Uint8Array)
					.subarray(0, 2)
					.toString(),
			).toBe("PK");
		const csv = await exportStatement(on.client, undefined, { from: "", to: "" }, "csv", t);
		expect(
			parse(csv as string, { bom: true })
				.at(-1)!
				.slice(3),
		).toEqual(["money:book.available", "money:statement.closing", "", "0.00105"]);
	});
});

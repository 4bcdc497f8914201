import { beforeEach, describe, expect, it } from "vitest";
import { translator } from "#app/lib/i18n.server.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { dateOfDay } from "#app/modules/ledger/money-day.ts";
import { testBooks } from "#db/testing/books.ts";
import { putDays } from "#db/testing/money-days.ts";
import { readBooks } from "#db/tx.ts";
import { exportTotals } from "./export-totals.server.ts";
import { getTotals } from "./get-totals.server.ts";
import { readPeriod } from "./period.ts";

testBooks("file");

let on: Actors;
let ids: Record<keyof Actors, number>;
const DAY = 20_000;
const period = readPeriod(new URLSearchParams({ from: dateOfDay(DAY), to: dateOfDay(DAY + 9) }));
const sum = (messages: number, revenueMicros: number, costMicros: number) => ({ messages, revenueMicros, costMicros });

beforeEach(async () => {
	if (on) return;
	on = await makeActors();
	ids = Object.fromEntries(Object.entries(on).map(([name, { account }]) => [name, account.id])) as typeof ids;
	const { admin, dealer, dealer2, client, client2 } = ids;
	await putDays([
		{ accountId: client, childId: client, day: DAY, ...sum(3, 0, 30) },
		{ accountId: client, childId: client, day: DAY + 1, channel: "sms", country: "PL", ...sum(1, 0, 5) },
		{ accountId: client, childId: client, day: DAY + 10, ...sum(100, 0, 1_000) },
		{ accountId: dealer, childId: client, day: DAY, ...sum(3, 30, 12) },
		{ accountId: dealer, childId: client, day: DAY + 1, channel: "sms", country: "PL", ...sum(1, 5, 4) },
		{ accountId: dealer, childId: client2, day: DAY + 9, ...sum(9, 90, 36) },
		{ accountId: dealer, childId: client2, day: DAY + 9, channel: "", country: "", kind: "fee", ...sum(0, 7, 2) },
		{ accountId: dealer, childId: dealer, day: DAY, ...sum(2, 0, 8) },
		{ accountId: dealer, childId: 9_999, day: DAY, ...sum(1, 10, 4) },
		{ accountId: dealer2, childId: client, day: DAY, ...sum(50, 500, 400) },
		{ accountId: admin, childId: dealer, day: DAY, ...sum(3, 12, 6) },
	]);
});

describe("totals", () => {
	it("of a dealer are by who paid, channel and day; the largest first; only its own, and only of the period", async () => {
		const totals = await getTotals(on.dealer, { period, branch: "" });
		expect(totals.sums).toEqual(sum(16, 142, 66));
		expect(totals.branches!.rows).toEqual([
			{ id: ids.client2, name: "client2", ...sum(9, 97, 38) },
			{ id: ids.client, name: "client", ...sum(4, 35, 16) },
			{ id: 9_999, name: null, ...sum(1, 10, 4) },
			{ id: ids.dealer, name: "dealer", ...sum(2, 0, 8) },
		]);
		expect(totals.byChannel).toEqual([
			{ key: "viber", ...sum(15, 130, 60) },
			{ key: "sms", ...sum(1, 5, 4) },
			{ key: "", ...sum(0, 7, 2) },
		]);
		expect(totals.byDay.map(({ key, messages }) => [key, messages])).toEqual([
			[dateOfDay(DAY), 6],
			[dateOfDay(DAY + 1), 1],
			[dateOfDay(DAY + 9), 9],
		]);
	});

	it("of one account directly below are what it paid, by country as well; by its login, id, or when it has gone", async () => {
		const totals = await getTotals(on.dealer, { period, branch: String(ids.client) });
		expect([totals.sums, totals.branches]).toEqual([sum(4, 35, 16), null]);
		expect(totals.byCountry.map(({ key }) => key)).toEqual(["UA", "PL"]);
		expect((await getTotals(on.dealer, { period, branch: "9999" })).branch).toEqual({ id: 9_999, name: null });
	});

	it("tell nothing of what others get or pay", async () => {
		const below = await getTotals(on.admin, { period, branch: String(ids.client) });
		expect([below.branch?.name, below.sums.messages]).toEqual(["client", 0]);
		const foreign = await getTotals(on.dealer, { period, branch: String(ids.client3) });
		expect([foreign.branch, foreign.byDay]).toEqual([{ id: null, name: null }, []]);
		const above = await getTotals(on.dealer, { period, branch: String(ids.admin) });
		expect(above.branch).toEqual({ id: null, name: null });
		const own = await getTotals(on.dealer2, { period, branch: "" });
		expect(own.branches!.rows.map(({ id, name }) => [id, name])).toEqual([[ids.client, null]]);
	});

	it("of a client are what it spent, whatever branch is asked for", async () => {
		const totals = await getTotals(on.client, { period, branch: String(ids.client2) });
		expect([totals.sums, totals.branch, totals.branches]).toEqual([sum(4, 0, 35), null, null]);
		expect(totals.byCountry.map(({ key }) => key)).toEqual(["UA", "PL"]);
	});

	it("need the right to see money, and the own account", async () => {
		const blind = { ...on.dealer, rights: new Set<never>() };
		await expect(getTotals(blind, { period, branch: "" })).rejects.toMatchObject({ status: 403 });
		const limited = { ...on.dealer, branches: [on.client.account.path] };
		await expect(getTotals(limited, { period, branch: "" })).rejects.toMatchObject({ status: 403 });
		await expect(exportTotals(limited, period, translator("en"))).rejects.toMatchObject({ status: 403 });
	});

	it("go on by key where there are more than a page of payers, and skip who paid nothing in the period", async () => {
		const payers = Array.from({ length: 60 }, (_, at) => 20_000 + at);
		await putDays(
			payers.flatMap((childId) => [
				{ accountId: ids.dealer2, childId, day: DAY + 3, ...sum(1, 2, 1) },
				{ accountId: ids.dealer2, childId: childId + 1_000, day: DAY - 300, ...sum(1, 2, 1) },
			]),
		);
		const first = (await getTotals(on.dealer2, { period, branch: "" })).branches!;
		expect([first.rows.length, first.nextAfter]).toEqual([50, 20_048]);
		const rest = (await getTotals(on.dealer2, { period, branch: "", after: first.nextAfter! })).branches!;
		expect([rest.rows.map(({ id }) => id), rest.nextAfter]).toEqual([payers.slice(49), null]);
	});
});

describe("the file", () => {
	it("has every line of the period, and is noted", async () => {
		const text = await new Response(await exportTotals(on.dealer, period, translator("en"))).text();
		const lines = text.trim().split("\r\n");
		expect(lines[0]).toContain('"Day, UTC",Account ID,Account,Channel,Country,Content,Messages charged,"Revenue, EUR"');
		expect(lines.slice(1)).toEqual(
			expect.arrayContaining([
				`${dateOfDay(DAY)},${ids.client},client,Viber,UA,text,3,0.00003,0.000012,0.000018`,
				`${dateOfDay(DAY + 9)},${ids.client2},client2,Fees,,fee,0,0.000007,0.000002,0.000005`,
			]),
		);
		expect(lines).toHaveLength(7);
		const noted = readBooks((tx) =>
			tx.sql("SELECT verb FROM audit WHERE account_id = ? ORDER BY id DESC LIMIT 1").pluck().get(ids.dealer),
		);
		expect(noted).toBe("money.export");
	});

	it("says where it was cut", async () => {
		const text = await new Response(await exportTotals(on.dealer, period, translator("en"), 2)).text();
		expect(text.trim().split("\r\n")).toHaveLength(4);
		expect(text).toContain("Only 2 lines");
	});
});

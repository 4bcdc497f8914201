import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "#app/modules/access/actor.ts";
import { ALL_RIGHTS, type Right } from "#app/modules/access/rights.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { wipeStopsSlice } from "#app/modules/closing/wipe-stops.server.ts";
import { plansOf } from "#db/query-plans.ts";
import { testBooks } from "#db/testing/books.ts";
import { testPhones } from "#db/testing/campaign.ts";
import { addStop, livingStops } from "#db/testing/stops.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { getStopPage } from "./get-stop-page.server.ts";
import { liftStop } from "./lift-stop.server.ts";
import { listStops, type StopFilter } from "./list-stops.server.ts";
import { saveStops } from "./save-stops.server.ts";
import { StopLiftedError, StopNotFoundError } from "./stop.errors.ts";
import { STOPS_AT_ONCE } from "./stop.schema.ts";

testBooks();

let actors: Actors;
beforeEach(async () => {
	actors = await makeActors();
	await inTx((tx) => {
		const insert = tx.sql("INSERT INTO senders (account_id, channel, name) VALUES (?, 'viber', ?)");
		insert.run(actors.dealer.account.id, "DemoShop");
		insert.run(actors.dealer2.account.id, "OtherShop");
	});
});

const PHONE = "+380671112233";
const save = (actor: Actor, fields: { numbers?: string; reach?: string; note?: string }) => {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.set(name, value);
	return saveStops(actor, form);
};
const list = (actor: Actor, filter: Partial<StopFilter> = {}) =>
	readBooks((tx) => listStops(tx, actor, { q: "", ...filter }));
const numbersOf = (actor: Actor, filter: Partial<StopFilter> = {}) =>
	list(actor, filter).rows.map(({ recipient }) => recipient);
const newestOf = (actor: Actor) => list(actor).rows[0]!.id;
const without = (actor: Actor, ...lost: Right[]): Actor => ({
	...actor,
	rights: new Set([...ALL_RIGHTS].filter((right) => !lost.includes(right))),
});
const audited = () =>
	readBooks((tx) =>
		tx
			.sql<{ verb: string; accountId: number; detail: string }>(
				"SELECT verb, account_id AS accountId, detail FROM audit WHERE verb LIKE 'stop.%' ORDER BY id",
			)
			.all(),
	).map(({ detail, ...entry }) => ({ ...entry, detail: JSON.parse(detail) }));
async function refused(deed: () => unknown): Promise<number | string> {
	try {
		await deed();
	} catch (error) {
		return error instanceof Response ? error.status : (error as Error).name;
	}
	return "done";
}

describe("people are added by hand", () => {
	it("many at once, each once, however they are written; the same again adds nobody", async () => {
		const { client } = actors;
		const numbers = `${PHONE}\n067 111 22 33, 0672223344;"+38 (067) 333-44-55"`;
		expect(await save(client, { numbers, note: " asked\u202e by phone " })).toEqual({ added: 3, known: 0 });
		expect(await save(client, { numbers: `${numbers}\n0674445566` })).toEqual({ added: 1, known: 3 });
		expect(numbersOf(client)).toEqual(["+380674445566", "+380673334455", "+380672223344", PHONE]);
		expect(list(client).rows.at(-1)).toMatchObject({ channel: "", sender: "", cause: null, note: "asked by phone" });
		const by = { verb: "stop.add", accountId: client.account.id };
		expect(audited()).toEqual([
			{ ...by, detail: { count: 3, channel: "", sender: "", reason: "asked by phone" } },
			{ ...by, detail: { count: 1, channel: "", sender: "", reason: "" } },
		]);
	});

	it("bad numbers are named beside what was typed, and the good ones are on the list all the same", async () => {
		const failed = await save(actors.client, { numbers: `hello\n${PHONE}\n12`, reach: "sms", note: "x" });
		if (!("lastResult" in failed)) throw new Error("it was taken");
		expect(failed.bad).toEqual([
			{ typed: "hello", line: 1, cell: 1, reason: "no_digits" },
			{ typed: "12", line: 3, cell: 1, reason: "too_short" },
		]);
		expect(failed.saved).toEqual({ added: 1, known: 0 });
		expect(failed.lastResult.initialValue).toEqual({ numbers: "hello\n12", reach: "sms", note: "x" });
		expect(numbersOf(actors.client, { channel: "sms" })).toEqual([PHONE]);
	});

	it("as many as are taken at once, and not one more", async () => {
		const phones = testPhones(STOPS_AT_ONCE + 1);
		const failed = await save(actors.client, { numbers: phones.join(",") });
		expect(failed).toMatchObject({
			saved: null,
			lastResult: { error: { numbers: [expect.stringContaining("numbers_many")] } },
		});
		expect(livingStops()).toEqual([]);
		expect(await save(actors.client, { numbers: phones.slice(1).join(",") })).toEqual({
			added: STOPS_AT_ONCE,
			known: 0,
		});
	});

	it("for a channel, or a sender that the account may write under", async () => {
		await save(actors.client, { numbers: PHONE, reach: "viber:DemoShop" });
		await save(actors.client, { numbers: PHONE, reach: "viber" });
		expect(livingStops().map(({ channel, sender }) => [channel, sender])).toEqual([
			["viber", "DemoShop"],
			["viber", ""],
		]);
		for (const reach of ["viber:OtherShop", "sms:DemoShop", "viber:", "pigeon", ":DemoShop"])
			expect(await save(actors.client, { numbers: PHONE, reach }), reach).toMatchObject({
				lastResult: { error: { reach: ["stops:error.reach"] } },
			});
		expect(await save(actors.client, { numbers: " " })).toHaveProperty("lastResult");
		expect(livingStops()).toHaveLength(2);
	});
});

describe("the list", () => {
	it("is the account's own and nobody else's, above or below", async () => {
		const { admin, dealer, client, client2 } = actors;
		for (const actor of [admin, dealer, client]) await save(actor, { numbers: PHONE, note: actor.account.name });
		for (const actor of [admin, dealer, client])
			expect(list(actor).rows.map(({ note }) => note)).toEqual([actor.account.name]);
		expect(list(client2)).toEqual({ rows: [], nextAfter: null, flaw: null });
		for (const actor of [dealer, client2, admin]) {
			const id = newestOf(client);
			expect(await refused(() => readBooks((tx) => getStopPage(tx, actor, id)))).toBe(StopNotFoundError.name);
			expect(await refused(() => liftStop(actor, id))).toBe(StopNotFoundError.name);
		}
	});

	it("pages by key, newest first; narrowed to a channel and to a number, however it is typed", async () => {
		const { client } = actors;
		const phones = testPhones(120);
		await save(client, { numbers: phones.join("\n"), reach: "sms" });
		await save(client, { numbers: phones[3]! });
		const first = list(client, { channel: "sms" });
		const second = list(client, { channel: "sms", after: first.nextAfter! });
		const third = list(client, { channel: "sms", after: second.nextAfter! });
		expect(third.nextAfter).toBeNull();
		expect([first, second, third].flatMap(({ rows }) => rows.map((row) => row.recipient))).toEqual(phones.toReversed());
		const typed = phones[3]!.replace("+38", "");
		expect(list(client, { q: typed }).rows.map(({ channel }) => channel)).toEqual(["", "sms"]);
		expect(list(client, { q: typed, channel: "viber" }).rows).toEqual([]);
		expect(list(client, { q: "hello" })).toEqual({ rows: [], nextAfter: null, flaw: "no_digits" });
	});

	it("shows masked numbers to whoever may not see whole ones", async () => {
		await save(actors.client, { numbers: PHONE });
		const masked = without(actors.client, "numbers.read");
		expect(numbersOf(masked)).toEqual(["+38067•••••33"]);
		expect(numbersOf(masked, { q: PHONE })).toEqual(["+38067•••••33"]);
		expect(readBooks((tx) => getStopPage(tx, masked, newestOf(masked))).recipient).toBe("+38067•••••33");
	});

	it("is opened, added to and taken from only with the right, by whoever reaches the own account", async () => {
		const { client, dealer } = actors;
		await save(dealer, { numbers: PHONE });
		const id = newestOf(dealer);
		const below: Actor = { ...dealer, branches: [client.account.path] };
		for (const actor of [without(dealer, "stops.read", "stops.create", "stops.delete"), below]) {
			expect(await refused(() => list(actor))).toBe(403);
			expect(await refused(() => readBooks((tx) => getStopPage(tx, actor, id)))).toBe(403);
			expect(await refused(() => save(actor, { numbers: PHONE }))).toBe(403);
			expect(await refused(() => liftStop(actor, id))).toBe(403);
		}
		expect(readBooks((tx) => getStopPage(tx, without(dealer, "stops.delete"), id)).mayLift).toBe(false);
	});

	it("is read by its indexes", async () => {
		await save(actors.client, { numbers: PHONE });
		const plans = plansOf((tx) => {
			for (const filter of [{ q: "" }, { q: "", channel: "sms" as const }, { q: PHONE }])
				listStops(tx, actors.client, filter);
		});
		const walks = plans.flatMap(({ lines }) => lines.filter((line) => /^SCAN (stops|u|l)\b/.test(line)));
		expect(walks).toEqual([]);
	});
});

describe("taken back", () => {
	it("an entry does not hold any more, and who did it and when stays; a second time is told", async () => {
		const { client } = actors;
		await save(client, { numbers: PHONE, reach: "viber" });
		const id = newestOf(client);
		await liftStop(client, id);
		expect(livingStops()).toEqual([]);
		expect(list(client).rows).toEqual([]);
		expect(list(client, { q: PHONE }).rows).toMatchObject([{ id, liftedAtUtc: expect.any(Number) }]);
		expect(readBooks((tx) => getStopPage(tx, client, id)).mayLift).toBe(false);
		expect(await refused(() => liftStop(client, id))).toBe(StopLiftedError.name);
		expect(audited().map(({ verb, detail }) => [verb, detail])).toEqual([
			["stop.add", { count: 1, channel: "viber", sender: "", reason: "" }],
			["stop.lift", { channel: "viber", sender: "" }],
		]);
		expect(await save(client, { numbers: PHONE, reach: "viber" })).toEqual({ added: 1, known: 0 });
		expect(list(client, { q: PHONE }).rows).toHaveLength(2);
	});
});

it("a closed account's list goes, with its history; others' stay", async () => {
	const { client, client2 } = actors;
	await save(client, { numbers: testPhones(3).join("\n") });
	await liftStop(client, newestOf(client));
	const others = await addStop(client2.account.id, PHONE);
	while (await inTx((tx) => wipeStopsSlice(tx, client.account.id)));
	expect(readBooks((tx) => tx.sql("SELECT id FROM stops").all())).toEqual([{ id: others }]);
});

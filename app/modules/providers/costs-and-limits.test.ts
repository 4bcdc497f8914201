import { beforeEach, describe, expect, it } from "vitest";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { addProvider } from "#app/modules/routing/testing/add-routing.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { costsSchema } from "./costs.schema.ts";
import { getCostsPage } from "./get-costs-page.server.ts";
import { getLimitsPage } from "./get-limits-page.server.ts";
import { ProviderNotFoundError, StaleProviderError } from "./provider.errors.ts";
import { saveCosts } from "./save-costs.server.ts";
import { saveLimits } from "./save-limits.server.ts";
import { setCosts } from "./set-costs.server.ts";

testBooks();
let actors: Actors;
let id: number;
beforeEach(async () => {
	actors = await makeActors();
	id = await inTx((tx) => addProvider(tx, { accountId: actors.admin.account.id, name: "Alpha" }));
});

const form = (values: Record<string, string>) => {
	const data = new FormData();
	for (const [name, value] of Object.entries(values)) data.set(name, value);
	return data;
};
const costs = () => readBooks((tx) => getCostsPage(tx, actors.admin, id));
const limits = () => readBooks((tx) => getLimitsPage(tx, actors.admin, id));
const trail = (verb: string) =>
	readBooks((tx) => tx.sql<{ detail: string }>("SELECT detail FROM audit WHERE verb = ? ORDER BY id").all(verb)).map(
		({ detail }) => JSON.parse(detail),
	);

describe("the costs' form", () => {
	const read = (text: string) => costsSchema.safeParse({ costs: text });

	it("reads a price list as it is pasted", () => {
		expect(read("*; *; 0.01\r\n\nUA 0,0083\nPoland\timage_text\t0.012\n").data?.costs).toEqual([
			{ country: "", kind: "", costMicros: 10_000 },
			{ country: "UA", kind: "", costMicros: 8_300 },
			{ country: "PL", kind: "image_text", costMicros: 12_000 },
		]);
		expect(read("").data?.costs).toEqual([]);
	});

	it("names the lines that cannot be read, and those that repeat others", () => {
		const issue = (text: string) => read(text).error?.issues[0]?.message;
		const bad = ["UA; *; 0.0083", "Narnia; *; 1", "UA; song; 1", "UA; *; -1", "UA; *; 0.0000001", "UA", "a b c d"];
		expect(issue(bad.join("\n"))).toBe('costs:error.lines|{"lines":"2, 3, 4, 5, 6, 7"}');
		expect(issue("UA; *; 1\nPL; *; 1\nUkraine; ; 2")).toBe('costs:error.twice|{"lines":"3"}');
	});
});

it("costs are saved, shown as they were saved, and told to the audit by what has changed", async () => {
	expect(await saveCosts(actors.admin, id, form({ version: "1", costs: "UA 0.0083\n* 0.01" }))).toBeUndefined();
	expect(costs()).toEqual({
		provider: { id, name: "Alpha", version: 2 },
		costs: "*; *; 0.01\nUA; *; 0.0083",
		currency: "EUR",
	});
	await saveCosts(actors.admin, id, form({ version: "2", costs: "*; *; 0.01\nUA; *; 0.009" }));
	expect(trail("provider.costs")).toMatchObject([
		{ costs: ["UA; *; 0.0083", "*; *; 0.01"], before: [] },
		{ costs: ["UA; *; 0.009"], before: ["UA; *; 0.0083"], lines: 2 },
	]);
	await saveCosts(actors.admin, id, form({ version: "3", costs: "*; *; 0.01\nUA; *; 0.009" }));
	expect(costs().provider.version, "nothing was changed").toBe(3);
});

it("limits and alarms are saved and shown, and an empty one is none", async () => {
	expect(limits().values).toMatchObject({ perSecond: "", alarmErrorPercent: "20", alarmSilenceMinutes: "60" });
	const values = { perSecond: "500", perDay: "1000000", alarmBalance: "12,5", alarmErrorPercent: "" };
	expect(await saveLimits(actors.admin, id, form({ version: "1", ...values }))).toBeUndefined();
	expect(limits().values).toEqual({
		...{ perSecond: "500", perSenderPerSecond: "", perDay: "1000000" },
		...{ alarmErrorPercent: "", alarmSilenceMinutes: "", alarmBalance: "12.5" },
	});
	expect(trail("provider.limits")).toEqual([
		{
			...{ name: "Alpha", perSecond: 500, perDay: 1_000_000 },
			...{ alarmErrorPercent: null, alarmSilenceMinutes: null, alarmBalance: 12_500_000 },
		},
	]);
	const bad = { version: "2", perSecond: "0", perSenderPerSecond: "1.5", alarmErrorPercent: "101", alarmBalance: "-1" };
	const failed = await saveLimits(actors.admin, id, form(bad));
	expect(failed).toMatchObject({ status: 422 });
	expect(failed?.lastResult.error).toEqual({
		perSecond: ['limits:error.whole|{"max":100000}'],
		perSenderPerSecond: ['limits:error.whole|{"max":100000}'],
		alarmErrorPercent: ['limits:error.whole|{"max":100}'],
		alarmBalance: ["limits:error.amount"],
	});
});

it("of two who change one at once the second is told, and its next try counts", async () => {
	await saveLimits(actors.admin, id, form({ version: "1", perSecond: "10" }));
	const stale = await saveCosts(actors.admin, id, form({ version: "1", costs: "UA 1" }));
	expect(stale).toMatchObject({ status: 409, version: 2 });
	expect(costs().costs).toBe("");
	expect(await saveCosts(actors.admin, id, form({ version: "2", costs: "UA 1" }))).toBeUndefined();
	await expect(setCosts(actors.admin, id, { version: 2 }, [])).rejects.toThrow(StaleProviderError);
	// A mistake in between does not make a stale form a fresh one.
	for (const save of [saveCosts, saveLimits])
		expect(await save(actors.admin, id, form({ version: "1", costs: "UA", perSecond: "none" }))).toMatchObject({
			status: 422,
			version: 1,
		});
});

describe("nobody else", () => {
	it.each(["dealer", "client"] as const)("such as a %s sees or changes them", async (who) => {
		const forbidden = expect.objectContaining({ status: 403 });
		await expect(saveCosts(actors[who], id, form({ version: "1" }))).rejects.toEqual(forbidden);
		await expect(saveLimits(actors[who], id, form({ version: "1" }))).rejects.toEqual(forbidden);
		expect(() => readBooks((tx) => getCostsPage(tx, actors[who], id))).toThrow(forbidden);
		expect(() => readBooks((tx) => getLimitsPage(tx, actors[who], id))).toThrow(forbidden);
	});

	it("who has all rights in another account finds it", async () => {
		const stranger = { ...actors.dealer, rights: actors.admin.rights };
		await expect(setCosts(stranger, id, { version: 1 }, [])).rejects.toThrow(ProviderNotFoundError);
		await expect(saveLimits(stranger, id, form({ version: "1" }))).rejects.toMatchObject({ status: 404 });
		expect(() => readBooks((tx) => getLimitsPage(tx, stranger, id))).toThrow(ProviderNotFoundError);
	});
});

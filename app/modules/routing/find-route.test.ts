import { beforeEach, describe, expect, it } from "vitest";
import type { ContentKind } from "#app/channels/channel.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { findCost } from "./find-cost.server.ts";
import { findRoute } from "./find-route.server.ts";
import { hasCountryRoutes } from "./has-country-routes.server.ts";
import { addProvider, addRoute } from "./testing/add-routing.ts";

testBooks();
let actors: Actors;
let accountId: number;
let a: number;
let b: number;
beforeEach(async () => {
	actors = await makeActors();
	accountId = actors.admin.account.id;
	[a, b] = await inTx((tx) => [addProvider(tx, { accountId, name: "A" }), addProvider(tx, { accountId, name: "B" })]);
});

const find = (who: keyof Actors, country = "UA", kind: ContentKind = "text") =>
	readBooks((tx) => findRoute(tx, { channel: "sms", accountPath: actors[who].account.path, country, kind }));
const add = (who: keyof Actors, of: { country?: string; kind?: string } = {}, provider = a) =>
	inTx((tx) => addRoute(tx, { accountId, branch: actors[who].account.id, ...of }, [[provider, 1, 1]]));

describe("without a route", () => {
	it("every active provider of the channel serves, in the order in which they were connected", async () => {
		await inTx((tx) => {
			addProvider(tx, { accountId, name: "V", adapter: "infobip-viber", channel: "viber" });
			addProvider(tx, { accountId, name: "Off", state: "disabled" });
			addProvider(tx, { accountId, name: "Old", state: "draining" });
		});
		expect(find("client")).toEqual({
			routeId: null,
			steps: [
				{ providerId: a, tier: 1, weight: 1 },
				{ providerId: b, tier: 2, weight: 1 },
			],
		});
	});
});

describe("the most specific route serves", () => {
	it("by account, then country, then kind", async () => {
		const all = await add("admin");
		expect(find("client").routeId).toBe(all);
		const kind = await add("admin", { kind: "text" });
		expect(find("client").routeId).toBe(kind);
		const country = await add("admin", { country: "UA" });
		expect(find("client").routeId).toBe(country);
		const both = await add("admin", { country: "UA", kind: "text" });
		expect(find("client").routeId).toBe(both);
		const dealer = await add("dealer");
		expect(find("client").routeId).toBe(dealer);
		const client = await add("client");
		expect(find("client").routeId).toBe(client);
		expect(find("client2").routeId).toBe(dealer);
		expect(find("client3").routeId, "of another branch").toBe(both);
		expect(find("client3", "PL").routeId).toBe(kind);
		expect(find("client3", "").routeId, "a country that is not known").toBe(kind);
		expect(find("client3", "PL", "image").routeId).toBe(all);
	});

	it("of its own channel only", async () => {
		await inTx((tx) => addRoute(tx, { accountId, branch: actors.client.account.id, channel: "viber" }, [[a, 1, 1]]));
		expect(find("client").routeId).toBeNull();
	});
});

describe("a route's providers", () => {
	it("go by tier, and those that are off, finishing or do not take the kind are left out", async () => {
		const [off, old, c] = await inTx((tx) => [
			addProvider(tx, { accountId, name: "Off", state: "disabled" }),
			addProvider(tx, { accountId, name: "Old", state: "draining" }),
			addProvider(tx, { accountId, name: "C" }),
		]);
		const id = await inTx((tx) =>
			addRoute(tx, { accountId, branch: accountId }, [
				[a, 2, 5],
				[b, 1, 30],
				[c, 1, 70],
				[off, 1, 50],
				[old, 1, 50],
			]),
		);
		expect(find("client")).toEqual({
			routeId: id,
			steps: [
				{ providerId: c, tier: 1, weight: 70 },
				{ providerId: b, tier: 1, weight: 30 },
				{ providerId: a, tier: 2, weight: 5 },
			],
		});
		expect(find("client", "UA", "image").steps, "no SMS is a picture").toEqual([]);
	});

	it("are not replaced by others while all of them are off: the route says who may", async () => {
		const id = await add("client", {}, b);
		await inTx((tx) => tx.sql("UPDATE providers SET state = 'disabled' WHERE id = ?").run(b));
		expect(find("client")).toEqual({ routeId: id, steps: [] });
	});
});

it("what is kept holds no longer than the routes: each change counts at once, one that was rolled back never did", async () => {
	expect(find("client").steps).toHaveLength(2);
	await inTx((tx) => tx.sql("UPDATE providers SET state = 'draining' WHERE id = ?").run(a));
	expect(find("client").steps.map((step) => step.providerId)).toEqual([b]);
	const route = await add("client");
	expect(find("client").routeId).toBe(route);
	const wish = { channel: "sms", accountPath: actors.client.account.path, country: "UA", kind: "text" } as const;
	const rolledBack = inTx((tx) => {
		tx.sql("DELETE FROM routes WHERE id = ?").run(route);
		expect(findRoute(tx, wish).routeId).toBeNull();
		throw new Error("back");
	});
	await expect(rolledBack).rejects.toThrow("back");
	expect(find("client").routeId).toBe(route);
	await inTx((tx) => tx.sql("UPDATE route_steps SET provider_id = ? WHERE route_id = ?").run(b, route));
	expect(find("client").steps.map((step) => step.providerId)).toEqual([b]);
});

it("says of each channel whether countries matter", async () => {
	await add("client", { kind: "text" });
	expect(readBooks((tx) => hasCountryRoutes(tx, "sms"))).toBe(false);
	await add("client", { country: "PL" });
	expect(readBooks((tx) => hasCountryRoutes(tx, "sms"))).toBe(true);
	expect(readBooks((tx) => hasCountryRoutes(tx, "viber"))).toBe(false);
});

it("a cost is that of the country, else of the kind, else of all; else nobody knows", async () => {
	const cost = (country: string, kind: ContentKind) =>
		readBooks((tx) => findCost(tx, { providerId: a, country, kind }));
	expect(cost("UA", "text")).toBeNull();
	await inTx((tx) => {
		const line = tx.sql(
			"INSERT INTO provider_costs (account_id, provider_id, country, kind, cost_micros) VALUES (?, ?, ?, ?, ?)",
		);
		line.run(accountId, a, "", "", 1);
		line.run(accountId, a, "", "text", 2);
		line.run(accountId, a, "UA", "", 3);
		line.run(accountId, a, "UA", "image", 0);
		line.run(accountId, b, "UA", "image", 9);
	});
	expect([cost("PL", "image"), cost("PL", "text"), cost("UA", "text"), cost("UA", "image")]).toEqual([1, 2, 3, 0]);
});

import { beforeEach, describe, expect, it } from "vitest";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { createRoute } from "./create-route.server.ts";
import { deleteRoute } from "./delete-route.server.ts";
import { getRoutePage, newRouteFrame } from "./get-route-page.server.ts";
import { listRoutes } from "./list-routes.server.ts";
import {
	RouteAccountUnknownError,
	RouteNotFoundError,
	RouteProviderUnknownError,
	RouteTakenError,
	StaleRouteError,
} from "./route.errors.ts";
import { type RouteInput, routeSchema } from "./route.schema.ts";
import { saveRoute } from "./save-route.server.ts";
import { addProvider } from "./testing/add-routing.ts";
import { updateRoute } from "./update-route.server.ts";

testBooks();
let actors: Actors;
let alpha: number;
let beta: number;
beforeEach(async () => {
	actors = await makeActors();
	const accountId = actors.admin.account.id;
	[alpha, beta] = await inTx((tx) => [
		addProvider(tx, { accountId, name: "Alpha" }),
		addProvider(tx, { accountId, name: "Beta", state: "disabled" }),
	]);
});

const idOf = (who: keyof Actors) => String(actors[who].account.id);
const input = (change: Partial<RouteInput> = {}): RouteInput => ({
	...{ account: "", country: "", kind: "", steps: [{ providerId: alpha, tier: 1, weight: 1 }] },
	...change,
});
const create = (change: Partial<RouteInput> = {}) => createRoute(actors.admin, "sms", input(change));
const page = (id: number, actor = actors.admin) => readBooks((tx) => getRoutePage(tx, actor, id));
const list = () => readBooks((tx) => listRoutes(tx, actors.admin, {})).rows;

describe("a route", () => {
	it("is made, shown, changed and deleted, and the audit knows of it", async () => {
		const both = [
			{ providerId: beta, tier: 2, weight: 1 },
			{ providerId: alpha, tier: 1, weight: 30 },
		];
		const id = await create({ account: idOf("client"), country: "UA", kind: "text", steps: both });
		expect(list()).toMatchObject([
			{
				channel: "sms",
				branch: { id: actors.client.account.id, name: "client" },
				country: "UA",
				kind: "text",
				steps: [
					{ name: "Alpha", tier: 1, weight: 30, state: "active" },
					{ name: "Beta", tier: 2, weight: 1, state: "disabled" },
				],
			},
		]);
		expect(page(id).values).toEqual({
			account: "client",
			country: "UA",
			kind: "text",
			steps: [
				{ providerId: String(alpha), tier: "1", weight: "30" },
				{ providerId: String(beta), tier: "2", weight: "1" },
			],
		});
		await updateRoute(actors.admin, id, 1, input({ steps: [{ providerId: beta, tier: 1, weight: 1 }] }));
		expect(list()).toMatchObject([{ branch: null, country: "", steps: [{ name: "Beta" }] }]);
		await deleteRoute(actors.admin, id, 2);
		expect(list()).toEqual([]);
		expect(readBooks((tx) => tx.sql("SELECT count(*) AS n FROM route_steps").get())).toEqual({ n: 0 });
		const trail = readBooks((tx) =>
			tx
				.sql<{ verb: string; detail: string }>("SELECT verb, detail FROM audit WHERE verb LIKE 'route.%' ORDER BY id")
				.all(),
		).map(({ verb, detail }) => [verb, JSON.parse(detail)]);
		expect(trail).toMatchObject([
			[
				"route.create",
				{ branch: "client", country: "UA", content: "text", providers: ["1. Alpha × 30", "2. Beta × 1"] },
			],
			["route.update", { branch: "admin", providers: ["1. Beta × 1"], before: ["1. Alpha × 30", "2. Beta × 1"] }],
			["route.delete", { providers: ["1. Beta × 1"] }],
		]);
	});

	it("is the only one of its account, channel, country and kind", async () => {
		const first = await create({ country: "UA" });
		await expect(create({ country: "UA" })).rejects.toThrow(RouteTakenError);
		const second = await create({ country: "PL" });
		await expect(updateRoute(actors.admin, second, 1, input({ country: "UA" }))).rejects.toThrow(RouteTakenError);
		await updateRoute(actors.admin, first, 1, input({ country: "UA" }));
		expect(list()).toHaveLength(2);
	});

	it("has only providers of its channel, and accounts that there are", async () => {
		const accountId = actors.admin.account.id;
		const viber = await inTx((tx) =>
			addProvider(tx, { accountId, name: "V", adapter: "infobip-viber", channel: "viber" }),
		);
		const other = await inTx((tx) => addProvider(tx, { accountId: actors.dealer.account.id, name: "Theirs" }));
		for (const providerId of [viber, other, 999])
			await expect(create({ steps: [{ providerId, tier: 1, weight: 1 }] })).rejects.toThrow(RouteProviderUnknownError);
		await expect(create({ account: "nobody" })).rejects.toThrow(RouteAccountUnknownError);
		expect(list(), "nothing of what was refused is left").toEqual([]);
	});

	it("that somebody else has changed is not changed or deleted unseen", async () => {
		const id = await create();
		await updateRoute(actors.admin, id, 1, input({ country: "UA" }));
		await expect(updateRoute(actors.admin, id, 1, input({ country: "PL" }))).rejects.toThrow(StaleRouteError);
		await expect(deleteRoute(actors.admin, id, 1)).rejects.toThrow(StaleRouteError);
		expect(list()).toMatchObject([{ country: "UA" }]);
		const form = new FormData();
		for (const [name, value] of Object.entries({ version: "1", "steps[0].providerId": alpha, "steps[0].tier": 1 }))
			form.set(name, String(value));
		expect(await saveRoute(actors.admin, { routeId: id }, form)).toMatchObject({ status: 409, version: 2 });
		form.set("version", "2");
		expect(await saveRoute(actors.admin, { routeId: id }, form)).toBeUndefined();
	});
});

describe("the form", () => {
	const read = (values: Record<string, unknown>) => routeSchema.safeParse(values);
	const issues = (values: Record<string, unknown>) =>
		read(values).error?.issues.map(({ path, message }) => [path.join("."), message]);

	it("takes names of countries, and leaves out whoever has no order", () => {
		const steps = [{ providerId: 1, tier: 2 }, { providerId: 2 }, { providerId: 3, tier: "1", weight: "70" }];
		expect(read({ country: "Польша", steps }).data).toEqual({
			...{ account: "", country: "PL", kind: "" },
			steps: [
				{ providerId: 1, tier: 2, weight: 1 },
				{ providerId: 3, tier: 1, weight: 70 },
			],
		});
	});

	it("says what is wrong beside what is wrong", () => {
		const bad = [
			{ providerId: 1, tier: 11 },
			{ providerId: 2, tier: 1, weight: "1.5" },
		];
		expect(issues({ country: "Narnia", kind: "song", steps: bad })).toEqual([
			["country", "routing:error.country"],
			["kind", "routing:error.kind"],
			["steps.0.tier", "routing:error.tier"],
			["steps.1.weight", 'routing:error.weight|{"max":1000}'],
		]);
		expect(issues({ steps: [{ providerId: 1 }] })).toEqual([["", "routing:error.no_provider"]]);
		const twice = { providerId: 1, tier: 1 };
		expect(issues({ steps: [twice, twice] })).toEqual([["", "routing:error.provider_twice"]]);
	});
});

describe("nobody else", () => {
	it.each(["dealer", "client"] as const)("such as a %s sees or touches one", async (who) => {
		const id = await create();
		const forbidden = expect.objectContaining({ status: 403 });
		const actor = actors[who];
		const deeds = [
			() => createRoute(actor, "sms", input()),
			() => updateRoute(actor, id, 1, input()),
			() => deleteRoute(actor, id, 1),
			() => saveRoute(actor, { channel: "sms" }, new FormData()),
			async () => page(id, actor).id,
			async () => readBooks((tx) => listRoutes(tx, actor, {}).rows.length),
			async () => readBooks((tx) => newRouteFrame(tx, actor, "sms").channel),
		];
		for (const deed of deeds) await expect(deed()).rejects.toEqual(forbidden);
	});

	it("who has all rights in another account finds it", async () => {
		const id = await create();
		const stranger = { ...actors.dealer, rights: actors.admin.rights };
		await expect(updateRoute(stranger, id, 1, input())).rejects.toThrow(RouteNotFoundError);
		await expect(deleteRoute(stranger, id, 1)).rejects.toThrow(RouteNotFoundError);
		expect(() => page(id, stranger)).toThrow(RouteNotFoundError);
		expect(readBooks((tx) => listRoutes(tx, stranger, {}).rows)).toEqual([]);
	});

	it("limited to some accounts is told the names of others", async () => {
		await create({ account: idOf("client") });
		const limited = { ...actors.admin, branches: [actors.dealer2.account.path] };
		expect(readBooks((tx) => listRoutes(tx, limited, {}).rows)).toMatchObject([
			{ branch: { id: actors.client.account.id, name: null } },
		]);
		await expect(createRoute(limited, "sms", input({ account: idOf("client2") }))).rejects.toThrow(
			RouteAccountUnknownError,
		);
	});
});

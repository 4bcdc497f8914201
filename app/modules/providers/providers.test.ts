import { beforeEach, describe, expect, it } from "vitest";
import { twilio } from "#app/channels/twilio/adapter.server.ts";
import { FAKE_KEY, startFake } from "#app/channels/twilio/fake.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { testBooks } from "#db/testing/books.ts";
import { readBooks } from "#db/tx.ts";
import { connectProvider } from "./connect-provider.server.ts";
import { ProviderNameTakenError, ProviderNotFoundError, TooManyActiveError } from "./provider.errors.ts";
import { getProvider, listProviders } from "./provider.queries.server.ts";
import { providerSetup } from "./provider-setup.server.ts";
import { saveProvider } from "./save-provider.server.ts";
import { setProviderState } from "./set-provider-state.server.ts";
import { settingFields } from "./setting-fields.ts";
import { tryProvider } from "./try-provider.server.ts";
import { updateProvider } from "./update-provider.server.ts";

testBooks();
let actors: Actors;
beforeEach(async () => {
	actors = await makeActors();
});

const settings = { baseUrl: "https://api.twilio.com", ...FAKE_KEY };
const input = { name: "Main", bulkSize: 1, connections: 8, settings };
const connect = (change: Partial<typeof input> = {}) =>
	connectProvider(actors.admin, { adapter: "twilio", channel: "sms" }, { ...input, ...change });
const seen = (id: number) => readBooks((tx) => getProvider(tx, actors.admin, id)).seen;
const stateOf = (id: number) => readBooks((tx) => getProvider(tx, actors.admin, id)).state;

describe("a provider that is connected", () => {
	it("is switched off, sealed, and shows everything but its secrets", async () => {
		const id = await connect();
		const shown = readBooks((tx) => getProvider(tx, actors.admin, id));
		expect(shown).toMatchObject({ state: "disabled", settings: { baseUrl: settings.baseUrl } });
		expect(JSON.stringify(shown)).not.toContain(FAKE_KEY.authToken);
		const books = readBooks((tx) => tx.sql("SELECT * FROM providers").all());
		expect(JSON.stringify(books)).not.toContain(FAKE_KEY.authToken);
		expect(providerSetup(id)?.settings).toEqual(settings);
		expect(settingFields(twilio)).toContainEqual({ name: "authToken", isSecret: true, isOptional: false });
	});

	it("keeps the secrets that come empty, takes the new, and tells the audit which", async () => {
		const id = await connect();
		const changed = { ...settings, baseUrl: "https://api.dublin.ie1.twilio.com", authToken: "" };
		expect(await updateProvider(actors.admin, id, seen(id), { ...input, connections: 4, settings: changed })).toEqual(
			{},
		);
		expect(providerSetup(id)).toMatchObject({
			settings: { ...changed, authToken: FAKE_KEY.authToken },
			row: { connections: 4 },
		});
		await updateProvider(actors.admin, id, seen(id), { ...input, settings: { ...settings, authToken: "another" } });
		expect(providerSetup(id)?.settings).toMatchObject({ authToken: "another" });
		const details = readBooks((tx) =>
			tx.sql<{ detail: string }>("SELECT detail FROM audit WHERE verb = 'provider.edit' ORDER BY id").all(),
		).map(({ detail }) => JSON.parse(detail).replaced);
		expect(details).toEqual([["baseUrl"], ["baseUrl", "authToken"]]);
	});

	it("is not changed to settings that its adapter cannot use", async () => {
		const id = await connect();
		const wrong = { ...settings, accountSid: "AC1" };
		expect(await updateProvider(actors.admin, id, seen(id), { ...input, settings: wrong })).toEqual({
			accountSid: "providers:error.setting",
		});
		expect(providerSetup(id)?.settings).toEqual(settings);
	});

	it("has a name of its own", async () => {
		const id = await connect();
		await expect(connect()).rejects.toThrow(ProviderNameTakenError);
		const other = await connect({ name: "Spare" });
		await expect(updateProvider(actors.admin, other, seen(other), input)).rejects.toThrow(ProviderNameTakenError);
		expect(await updateProvider(actors.admin, id, seen(id), input)).toEqual({});
	});

	it("says what it says when it is tried", async () => {
		const fake = await startFake();
		const id = await connect({ settings: { ...settings, baseUrl: fake.baseUrl } });
		const wrong = await connect({ name: "B", settings: { ...settings, baseUrl: fake.baseUrl, authToken: "x" } });
		expect(await tryProvider(actors.admin, id)).toEqual({
			type: "well",
			balance: { amount: "12.34", currency: "USD" },
		});
		expect(await tryProvider(actors.admin, wrong)).toEqual({ type: "refused", cause: "provider_access" });
		await fake.close();
		expect(await tryProvider(actors.admin, id)).toEqual({ type: "unanswered", cause: "not_reached" });
	});
});

describe("of two who edit one at once", () => {
	const form = (id: number, change: Record<string, string> = {}, marks = seen(id)) => {
		const data = new FormData();
		const { settings: own, ...plain } = input;
		const typed = { ...plain, "settings.baseUrl": own.baseUrl, "settings.accountSid": own.accountSid, ...change };
		for (const [name, value] of Object.entries(typed)) data.set(name, String(value));
		data.set("seen", JSON.stringify(marks));
		return data;
	};

	it("the second is told what has changed, keeps what it typed, and takes over the rest; its next try counts", async () => {
		const id = await connect();
		const opened = seen(id);
		const others = { name: "Renamed", connections: "3", "settings.authToken": "new-secret" };
		expect(await saveProvider(actors.admin, id, form(id, others))).toBeUndefined();
		const failed = await saveProvider(actors.admin, id, form(id, { name: "Mine" }, opened));
		expect(failed).toMatchObject({ status: 409, seen: seen(id) });
		expect(failed!.changes).toEqual([
			{ field: "name", now: "Renamed" },
			{ field: "connections", now: "3" },
			{ field: "settings.authToken", now: null },
		]);
		expect(failed!.lastResult.initialValue).toMatchObject({ name: "Mine", connections: "3" });
		expect(JSON.stringify(failed)).not.toContain("new-secret");
		expect(
			await saveProvider(actors.admin, id, form(id, { name: "Mine", connections: "3" }, failed!.seen)),
		).toBeUndefined();
		expect(providerSetup(id)).toMatchObject({
			row: { name: "Mine", connections: 3 },
			settings: { authToken: "new-secret" },
		});
	});

	it("an error in between does not make a stale form a fresh one", async () => {
		const id = await connect();
		const opened = seen(id);
		await saveProvider(actors.admin, id, form(id, { connections: "3" }));
		const failed = await saveProvider(actors.admin, id, form(id, { bulkSize: "none" }, opened));
		expect(failed).toMatchObject({ status: 422, seen: opened, changes: [] });
		expect(await saveProvider(actors.admin, id, form(id, { name: "Mine" }, failed!.seen))).toMatchObject({
			status: 409,
		});
	});

	it("a form without its marks saves nothing", async () => {
		const id = await connect();
		for (const marks of [{}, null, "x"])
			expect(await saveProvider(actors.admin, id, form(id, { name: "Mine" }, marks as never))).toMatchObject({
				status: 409,
			});
		expect(providerSetup(id)!.row.name).toBe(input.name);
	});
});

it("ten are switched on at once, and no eleventh", async () => {
	const ids: number[] = [];
	for (let i = 0; i < 11; i++) ids.push(await connect({ name: `P${i}` }));
	for (const id of ids.slice(0, 10)) await setProviderState(actors.admin, id, "active");
	await expect(setProviderState(actors.admin, ids[10]!, "active")).rejects.toThrow(TooManyActiveError);
	expect(stateOf(ids[10]!)).toBe("disabled");
	await setProviderState(actors.admin, ids[0]!, "active");
	await setProviderState(actors.admin, ids[0]!, "draining");
	await setProviderState(actors.admin, ids[10]!, "active");
	expect(stateOf(ids[10]!)).toBe("active");
});

describe("nobody else", () => {
	it.each(["dealer", "client"] as const)("such as a %s sees or touches one", async (who) => {
		const id = await connect();
		const forbidden = expect.objectContaining({ status: 403 });
		const actor = actors[who];
		const deeds = [
			() => connectProvider(actor, { adapter: "twilio", channel: "sms" }, input),
			() => updateProvider(actor, id, seen(id), input),
			() => setProviderState(actor, id, "active"),
			() => tryProvider(actor, id),
			async () => readBooks((tx) => listProviders(tx, actor).length),
			async () => readBooks((tx) => getProvider(tx, actor, id).id),
		];
		for (const deed of deeds) await expect(deed()).rejects.toEqual(forbidden);
	});

	it("who has all rights in another account finds it", async () => {
		const id = await connect();
		const stranger = { ...actors.dealer, rights: actors.admin.rights };
		await expect(setProviderState(stranger, id, "active")).rejects.toThrow(ProviderNotFoundError);
		await expect(updateProvider(stranger, id, seen(id), input)).rejects.toThrow(ProviderNotFoundError);
		await expect(tryProvider(stranger, id)).rejects.toThrow(ProviderNotFoundError);
		expect(readBooks((tx) => listProviders(tx, stranger))).toEqual([]);
	});
});

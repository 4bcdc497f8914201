import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#app/modules/access/actor.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { allowedSenders } from "#app/modules/campaigns/allowed-senders.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { readBooks } from "#db/tx.ts";
import { SENDERS_MAX } from "./add-sender.server.ts";
import { getSendersPage } from "./get-senders-page.server.ts";
import { saveSender } from "./save-sender.server.ts";

testBooks();

let actors: Actors;
beforeEach(async () => {
	actors = await makeActors();
});

function save(actor: Actor, id: number, fields: Record<string, string>) {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.set(name, value);
	return saveSender(actor, id, form);
}
const names = (actor: Actor) => readBooks((tx) => allowedSenders(tx, actor)).map(({ name }) => name);
const page = (actor: Actor, id: number) => readBooks((tx) => getSendersPage(tx, actor, id));

it("a name given to an account is its branch's; nobody else's; and it can be taken away", async () => {
	const { admin, dealer, client, client2, client3 } = actors;
	const { id } = client.account;
	expect(await save(dealer, id, { channel: "viber", name: " Corner  Shop " })).toBeUndefined();
	expect(await save(admin, dealer.account.id, { channel: "sms", name: "North" })).toBeUndefined();
	expect(names(client)).toEqual(["Corner Shop", "North"]);
	expect(names(client2)).toEqual(["North"]);
	expect(names(client3)).toEqual([]);
	const { own, above } = page(dealer, id);
	expect(own).toEqual([{ id: expect.any(Number), channel: "viber", name: "Corner Shop" }]);
	expect(above).toEqual([{ channel: "sms", name: "North" }]);
	await save(dealer, id, { remove: String(own[0]!.id) });
	expect(names(client)).toEqual(["North"]);
});

it("the same form twice adds one; a name of another account is not removed", async () => {
	const { admin, dealer, client, client3 } = actors;
	for (let i = 0; i < 2; i++) await save(dealer, client.account.id, { channel: "viber", name: "Shop" });
	await save(admin, client3.account.id, { channel: "viber", name: "Books" });
	const foreign = page(admin, client3.account.id).own[0]!.id;
	await save(dealer, client.account.id, { remove: String(foreign) });
	expect(names(client3)).toEqual(["Books"]);
	expect(names(client)).toEqual(["Shop"]);
});

it.each([
	[{ channel: "viber" }, "name", /sender_missing/],
	[{ channel: "viber", name: "x".repeat(29) }, "name", /too_long/],
	[{ channel: "sms", name: "Twelve chars" }, "name", /sender_sms/],
	[{ channel: "sms", name: "Лавка" }, "name", /sender_sms/],
	[{ channel: "pigeon", name: "Shop" }, "channel", /sender_channel/],
] as const)("refused: %o", async (fields, field, expected) => {
	const reply = await save(actors.dealer, actors.client.account.id, fields as unknown as Record<string, string>);
	expect(reply?.error?.[field]?.[0]).toMatch(expected);
});

it("there is an end to them", async () => {
	const { dealer, client } = actors;
	for (let i = 0; i < SENDERS_MAX; i++) await save(dealer, client.account.id, { channel: "viber", name: `Shop ${i}` });
	const reply = await save(dealer, client.account.id, { channel: "viber", name: "One more" });
	expect(reply?.error?.[""]?.[0]).toMatch(/senders_many/);
});

it.each(["dealer", "dealer2", "client3", "admin"] as const)(
	"not for %s: the dealer's own, or outside of its branch",
	async (name) => {
		const { id } = actors[name].account;
		const nowhere = { name: "AccountNotFoundError" };
		await expect(save(actors.dealer, id, { channel: "viber", name: "Shop" })).rejects.toMatchObject(nowhere);
		expect(() => page(actors.dealer, id)).toThrow(expect.objectContaining(nowhere));
	},
);

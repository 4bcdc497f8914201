import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "#app/modules/access/actor.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { editAccountFrame } from "./edit-account-frame.server.ts";
import { insertUser } from "./insert-user.server.ts";
import { type FailedEdit, saveAccount } from "./save-account.server.ts";

testBooks();

let actors: Actors;
let id: number;
beforeEach(async () => {
	actors = await makeActors();
	id = actors.client.account.id;
	await inTx((tx) => {
		for (const { userId, account } of [actors.admin, actors.dealer]) {
			const made = insertUser(tx, {
				accountId: account.id,
				login: account.name,
				passwordHash: "x",
				name: `Boss of ${account.name}`,
			});
			tx.sql("UPDATE users SET id = ? WHERE id = ? AND account_id = ?").run(userId, made, account.id);
		}
	});
});

const BASE = { name: "client", city: "", note: "", locale: "en", timeZone: "Europe/Kyiv", country: "UA" };
const version = () =>
	readBooks((tx) => tx.sql<{ version: number }>("SELECT version FROM accounts WHERE id = ?").get(id))!.version;
const row = () => readBooks((tx) => tx.sql<Record<string, unknown>>("SELECT * FROM accounts WHERE id = ?").get(id))!;

function save(actor: Actor, changes: Record<string, string>, seen = version(), accountId = id) {
	const form = new FormData();
	for (const [name, value] of Object.entries({ ...BASE, version: String(seen), ...changes })) form.set(name, value);
	return saveAccount(actor, accountId, form, "en");
}

async function stale(actor: Actor, changes: Record<string, string>, seen: number): Promise<FailedEdit> {
	const before = row();
	const failed = (await save(actor, changes, seen))!;
	expect(failed.status).toBe(409);
	expect(row(), "nothing is saved").toEqual(before);
	return failed;
}

it("changes are saved, the version rises, and lists find the new name", async () => {
	const before = version();
	const contact = { "contacts[0].name": "Ann", "contacts[0].phone": "+380671234567" };
	expect(
		await save(actors.dealer, { name: "Żaba Shop", city: "Łódź", country: "PL", timeZone: "Warsaw", ...contact }),
	).toBeUndefined();
	expect(row()).toMatchObject({
		name: "Żaba Shop",
		name_key: "żaba shop",
		city_key: "łódź",
		country: "PL",
		time_zone: "Europe/Warsaw",
	});
	expect(version()).toBe(before + 1);
	const found = readBooks((tx) =>
		tx.sql("SELECT rowid AS id FROM account_search WHERE account_search MATCH 'żaba'").all(),
	);
	expect(found).toEqual([{ id }]);
});

it("nothing is written where nothing differs", async () => {
	await save(actors.dealer, {});
	expect(version()).toBe(1);
	expect(readBooks((tx) => tx.sql("SELECT 1 FROM audit WHERE verb = 'account.update'").all())).toEqual([]);
});

describe("two who edit at once", () => {
	it("the second sees what changed, by whom, and keeps what was typed; then it is saved on purpose", async () => {
		const seen = version();
		await save(actors.admin, { name: "By the admin", city: "Kyiv" }, seen);
		const failed = await stale(actors.dealer, { name: "By the dealer", note: "typed" }, seen);
		// The account directly above is known by its name, never a person of it.
		const who = { is: "dealer", accountName: "admin" };
		expect(failed.changes).toEqual([
			{ fact: "name", was: "client", now: "By the admin", who, atUtc: expect.any(Number) },
			{ fact: "city", was: "", now: "Kyiv", who, atUtc: expect.any(Number) },
		]);
		const values = failed.lastResult.initialValue!;
		expect(values).toMatchObject({ name: "By the dealer", note: "typed" });
		expect(values.city, "not touched: as it is now").toBe("Kyiv");
		expect(failed.version).toBe(seen + 1);
		await save(actors.dealer, { name: "By the dealer", note: "typed", city: "Kyiv" }, failed.version);
		expect(row()).toMatchObject({ name: "By the dealer", note: "typed", city: "Kyiv", version: seen + 2 });
	});

	it("the admin reads a dealer's person by name; several changes are one, from the first to the last", async () => {
		const seen = version();
		await save(actors.dealer, { name: "One" });
		await save(actors.dealer, { name: "Two", city: "Lviv" });
		await save(actors.dealer, { name: "Two" });
		const { changes } = await stale(actors.admin, { name: "Three" }, seen);
		expect(changes).toEqual([
			{
				fact: "name",
				was: "client",
				now: "Two",
				who: { is: "person", name: "Boss of dealer", accountName: "dealer" },
				atUtc: expect.any(Number),
			},
		]);
	});

	it("contacts and the note too; the note's words are nothing that the account itself can read", async () => {
		const seen = version();
		await save(actors.dealer, { note: "Pays late", "contacts[0].name": "Ann" }, seen);
		const { changes, lastResult } = await stale(actors.admin, { name: "x" }, seen);
		expect(changes.map(({ fact, was, now }) => [fact, was, now])).toEqual([
			["contacts", "", "Ann"],
			["note", "", "Pays late"],
		]);
		expect(lastResult.initialValue).toMatchObject({ note: "Pays late", contacts: [{ name: "Ann" }] });
		const readable = readBooks((tx) =>
			tx.sql("SELECT e.detail FROM audit e JOIN audit_scopes s ON s.audit_id = e.id WHERE s.account_id = ?").all(id),
		);
		expect(JSON.stringify(readable)).toContain("Ann");
		expect(JSON.stringify(readable)).not.toContain("Pays late");
	});

	it("another deed meanwhile stops the form as well, with no field to blame", async () => {
		const seen = version();
		await inTx((tx) => void tx.sql("UPDATE accounts SET version = version + 1 WHERE id = ?").run(id));
		expect((await stale(actors.dealer, { name: "x" }, seen)).changes).toEqual([]);
	});
});

describe("not editable", () => {
	it.each(["dealer2", "client3", "dealer", "admin"] as const)(
		"%s, for the dealer: outside or the own",
		async (name) => {
			const other = actors[name].account.id;
			const name404 = { name: "AccountNotFoundError" };
			await expect(save(actors.dealer, { name: "x" }, 1, other)).rejects.toMatchObject(name404);
			expect(() => readBooks((tx) => editAccountFrame(tx, actors.dealer, other, "en"))).toThrow(
				expect.objectContaining(name404),
			);
		},
	);

	it("a closed one", async () => {
		await inTx((tx) => void tx.sql("UPDATE accounts SET state = 'closed' WHERE id = ?").run(id));
		await expect(save(actors.dealer, { name: "x" })).rejects.toMatchObject({ name: "AccountStateError" });
	});

	it("but the root keeps its own facts", async () => {
		const root = actors.admin.account.id;
		expect(await save(actors.admin, { name: "Platform" }, 1, root)).toBeUndefined();
	});
});

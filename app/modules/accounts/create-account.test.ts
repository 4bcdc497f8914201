import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "#app/modules/access/actor.ts";
import { signIn } from "#app/modules/access/sign-in.server.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { createAccount, SAME_FORM_MS } from "./create-account.server.ts";
import { insertAccount } from "./insert-account.server.ts";
import { saveNewAccount } from "./save-new-account.server.ts";

testBooks();

let actors: Actors;
beforeEach(async () => {
	actors = await makeActors();
});

const GOOD = {
	formKey: "key-1",
	kind: "client",
	login: " Anna.K ",
	password: "",
	name: "  Flower \n Shop ",
	city: "Одеса",
	note: "Pays late",
	"contacts[0].name": "Ann",
	"contacts[0].phone": "067 123-45-67",
	"contacts[0].email": "ann@example.com",
	"contacts[1].name": "",
	"contacts[2].email": "boss@example.com",
	locale: "ru",
	timeZone: "kyiv",
	country: "Ukraine (UA)",
};

function save(actor: Actor, changes: Record<string, string> = {}) {
	const form = new FormData();
	for (const [name, value] of Object.entries({ ...GOOD, ...changes })) form.set(name, value);
	return saveNewAccount(actor, form);
}

async function saved(actor: Actor, changes: Record<string, string> = {}) {
	const answer = await save(actor, changes);
	if (!("accountId" in answer)) throw new Error(JSON.stringify(answer.lastResult.error));
	return answer;
}

async function wrong(actor: Actor, changes: Record<string, string>): Promise<Record<string, string[] | null>> {
	const before = counts();
	const answer = await save(actor, changes);
	if ("accountId" in answer) throw new Error("it was made");
	expect(answer.status).toBe(422);
	expect(counts(), "nothing is written").toEqual(before);
	return answer.lastResult.error ?? {};
}

const counts = () =>
	readBooks((tx) => tx.sql("SELECT (SELECT count(*) FROM accounts) + (SELECT count(*) FROM users) AS n").get());

const row = (id: number) =>
	readBooks((tx) => tx.sql<Record<string, unknown>>("SELECT * FROM accounts WHERE id = ?").get(id))!;

describe("a dealer makes a client", () => {
	it("with everything tidied, and an owner who signs in with the password that was made", async () => {
		const { accountId, login, madePassword } = await saved(actors.dealer);
		expect(row(accountId)).toMatchObject({
			parent_id: actors.dealer.account.id,
			path: `${actors.dealer.account.path}${accountId}/`,
			kind: "client",
			name: "Flower Shop",
			name_key: "flower shop",
			city_key: "одеса",
			owner_login: "anna.k",
			note: "Pays late",
			locale: "ru",
			time_zone: "Europe/Kyiv",
			country: "UA",
			grants: null,
		});
		const contacts = readBooks((tx) =>
			tx.sql("SELECT name, phone, email FROM account_contacts WHERE account_id = ? ORDER BY position").all(accountId),
		);
		expect(contacts).toEqual([
			{ name: "Ann", phone: "+380671234567", email: "ann@example.com" },
			{ name: "", phone: "", email: "boss@example.com" },
		]);
		expect(madePassword).toMatch(/^[A-Za-z2-9]{20}$/);
		const visit = { address: "127.0.0.1", userAgent: "test" };
		const { firstPage } = await signIn({ login, password: madePassword!, ...visit });
		expect(firstPage).toBe("/client/campaigns");
	});

	it("spaces alone are nothing, and marks that turn text round go", async () => {
		const blank = {
			city: "  ",
			note: " \n ",
			"contacts[0].name": " ",
			"contacts[0].phone": " ",
			"contacts[0].email": " ",
		};
		const { accountId } = await saved(actors.dealer, {
			...blank,
			name: "pohs\u202e \u0007shop",
			"contacts[2].email": " ",
		});
		expect(row(accountId)).toMatchObject({ name: "pohs shop", city: "", note: "" });
		expect(readBooks((tx) => tx.sql("SELECT 1 FROM account_contacts WHERE account_id = ?").all(accountId))).toEqual([]);
	});

	it("the books hold the made password nowhere", async () => {
		const { madePassword } = await saved(actors.dealer);
		const tables = readBooks((tx) =>
			tx.sql<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'").all(),
		);
		for (const { name } of tables) {
			const rows = readBooks((tx) => tx.sql(`SELECT * FROM "${name}"`).all());
			expect(JSON.stringify(rows).includes(madePassword!), name).toBe(false);
		}
	});

	it("everybody above reads it in the audit, nobody else", async () => {
		const { accountId } = await saved(actors.dealer);
		const readers = readBooks((tx) =>
			tx
				.sql<{ id: number }>(
					`SELECT s.account_id AS id FROM audit e JOIN audit_scopes s ON s.audit_id = e.id
					WHERE e.verb = 'account.create' AND e.subject = ? ORDER BY 1`,
				)
				.all(`account:${accountId}`),
		);
		expect(readers.map(({ id }) => id)).toEqual([actors.admin.account.id, actors.dealer.account.id, accountId]);
	});

	it("every branch above grows by one", async () => {
		const before = [actors.admin, actors.dealer, actors.dealer2].map(
			({ account }) => row(account.id).branch_size as number,
		);
		await saved(actors.dealer);
		const after = [actors.admin, actors.dealer, actors.dealer2].map(({ account }) => row(account.id).branch_size);
		expect(after).toEqual([before[0]! + 1, before[1]! + 1, before[2]]);
	});
});

describe("a form that comes twice", () => {
	it("makes one account, and shows the same password", async () => {
		const first = await saved(actors.dealer);
		const second = await saved(actors.dealer);
		expect(second).toEqual(first);
	});

	it("side by side as well", async () => {
		const both = await Promise.all([saved(actors.dealer), saved(actors.dealer)]);
		expect(both[0]).toEqual(both[1]);
	});

	it("another form with the same login is refused, and so is another person's, and one that comes late", async () => {
		const { accountId } = await saved(actors.dealer);
		const taken = { login: ["accounts:error.login_taken"] };
		expect(await wrong(actors.dealer, { formKey: "key-2" })).toEqual(taken);
		expect(await wrong(actors.dealer2, {})).toEqual(taken);
		await inTx((tx) => {
			tx.sql("UPDATE accounts SET created_at_utc = created_at_utc - ? WHERE id = ?").run(SAME_FORM_MS, accountId);
		});
		expect(await wrong(actors.dealer, {})).toEqual(taken);
	});

	it("a typed password is shown to nobody again", async () => {
		const typed = { password: "correct horse battery" };
		const first = await saved(actors.dealer, typed);
		expect(first.madePassword).toBeNull();
		expect(await saved(actors.dealer, typed)).toEqual(first);
	});
});

describe("refused", () => {
	it.each([
		[{ login: "" }, "login", /login\.error\.required/],
		[{ login: "  " }, "login", /login\.error\.required/],
		[{ login: "ab" }, "login", /login\.error\.too_short/],
		[{ login: "an na" }, "login", /login\.error\.characters/],
		[{ login: "x".repeat(65) }, "login", /login\.error\.too_long/],
		[{ login: "аnna" }, "login", /login\.error\.mixed/],
		[{ name: "   " }, "name", /name_missing/],
		[{ name: "x".repeat(101) }, "name", /too_long/],
		[{ city: "x".repeat(101) }, "city", /too_long/],
		[{ note: "x".repeat(2_001) }, "note", /too_long/],
		[{ password: "short" }, "password", /password\.error\.too_short/],
		[{ password: "qwertyuiop" }, "password", /password\.error\.leaked/],
		[{ password: "my-anna.k-word-8x!" }, "password", /password\.error\.has_login/],
		[{ "contacts[0].phone": "12" }, "contacts[0].phone", /error\.phone/],
		[{ "contacts[0].phone": "hello" }, "contacts[0].phone", /error\.phone/],
		[{ "contacts[2].email": "boss@" }, "contacts[2].email", /error\.email/],
		[{ "contacts[10].name": "the eleventh" }, "contacts", /contacts_many/],
		[{ locale: "fr" }, "locale", /error\.locale/],
		[{ timeZone: "Mars/North" }, "timeZone", /error\.time_zone/],
		[{ country: "Atlantis" }, "country", /error\.country/],
		[{ kind: "admin" }, "kind", /error\.kind/],
	] as const)("%o", async (changes, field, expected) => {
		const errors = await wrong(actors.dealer, changes as unknown as Record<string, string>);
		expect(Object.keys(errors)).toEqual([field]);
		expect(errors[field]?.[0]).toMatch(expected);
	});

	it.each(["ANNA.K", "аппа.к", "anna.κ", "ａｎｎａ.k"])("a login that is taken or looks it: %s", async (login) => {
		await saved(actors.dealer);
		expect(await wrong(actors.dealer2, { login, formKey: "other" })).toEqual({ login: ["accounts:error.login_taken"] });
	});
});

describe("where", () => {
	it("the admin makes dealers and clients anywhere; a dealer below a dealer of its branch", async () => {
		const { admin, dealer2 } = actors;
		const under = String(dealer2.account.id);
		const { accountId } = await saved(admin, { under, kind: "dealer" });
		expect(row(accountId)).toMatchObject({ parent_id: dealer2.account.id, kind: "dealer" });
		const below = await saved(dealer2, { under: String(accountId), login: "below", formKey: "2" });
		expect(row(below.accountId)).toMatchObject({ parent_id: accountId });
	});

	it.each(["dealer2", "client3", "admin"] as const)("not below %s, who is outside of the scope", async (name) => {
		const before = counts();
		const refused = save(actors.dealer, { under: String(actors[name].account.id) });
		await expect(refused).rejects.toMatchObject({ status: 404 });
		await expect(save(actors.dealer, { under: "999" })).rejects.toMatchObject({ status: 404 });
		await expect(save(actors.dealer, { under: "nonsense" })).rejects.toMatchObject({ status: 404 });
		expect(counts()).toEqual(before);
	});

	it("not below a client, nor below what is closed or lies below what is closed; below a blocked dealer it is", async () => {
		const { admin, dealer, client } = actors;
		expect(await wrong(dealer, { under: String(client.account.id) })).toEqual({ "": ["accounts:error.parent_client"] });
		const { accountId } = await saved(admin, { under: String(dealer.account.id), kind: "dealer" });
		const set = (state: string) =>
			inTx((tx) => void tx.sql("UPDATE accounts SET state = ? WHERE id = ?").run(state, dealer.account.id));
		await set("closed");
		for (const under of [dealer.account.id, accountId])
			expect(await wrong(admin, { under: String(under), login: "next" })).toEqual({
				"": ["accounts:error.parent_closed"],
			});
		await set("blocked");
		await saved(admin, { under: String(dealer.account.id), login: "next" });
	});

	it("not below the sixteenth", async () => {
		const { admin } = actors;
		const deepest = await inTx((tx) => {
			const place = { kind: "dealer", name: "x", ownerLogin: "x", timeZone: "UTC", country: "UA" } as const;
			let id = admin.account.id;
			for (let depth = 2; depth <= 16; depth++) id = insertAccount(tx, { parentId: id, ...place }).id;
			return id;
		});
		expect((await wrong(admin, { under: String(deepest) }))[""]?.[0]).toMatch(/too_deep/);
	});

	it("an employee who is limited to a branch begins there, and not in the own account", async () => {
		const { accountId: dealerBelow } = await saved(actors.dealer, { kind: "dealer" });
		const limited = { ...actors.dealer, branches: [String(row(dealerBelow).path)] };
		const { accountId } = await saved(limited, { login: "second" });
		expect(row(accountId)).toMatchObject({ parent_id: dealerBelow });
		await expect(save(limited, { login: "third", under: String(actors.dealer.account.id) })).rejects.toMatchObject({
			status: 404,
		});
	});

	it("nobody without the right, wherever it is", async () => {
		const wish = { parentId: actors.dealer.account.id } as Parameters<typeof createAccount>[1];
		await expect(createAccount({ ...actors.dealer, rights: new Set() }, wish)).rejects.toMatchObject({ status: 403 });
		await expect(save({ ...actors.dealer, rights: new Set() })).rejects.toMatchObject({ status: 403 });
	});
});

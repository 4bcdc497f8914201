import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "#app/modules/access/actor.ts";
import { branchStanding } from "#app/modules/access/branch-standing.server.ts";
import { hashPassword } from "#app/modules/access/hash-password.server.ts";
import type { Right } from "#app/modules/access/rights.ts";
import { signIn } from "#app/modules/access/sign-in.server.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { accountTrouble } from "./account-trouble.ts";
import { getAccountPage } from "./get-account-page.server.ts";
import { insertAccount } from "./insert-account.server.ts";
import { insertUser } from "./insert-user.server.ts";
import { lowerAccount } from "./lower-account.server.ts";
import { raiseAccount } from "./raise-account.server.ts";
import { saveAccountPassword } from "./save-account-password.server.ts";

testBooks();

let actors: Actors;
beforeEach(async () => {
	actors = await makeActors();
});

const kindOf = (id: number) =>
	readBooks((tx) =>
		tx.sql<{ kind: string; version: number; parent_id: number }>("SELECT * FROM accounts WHERE id = ?").get(id),
	)!;
const setState = (id: number, state: string) =>
	inTx((tx) => void tx.sql("UPDATE accounts SET state = ? WHERE id = ?").run(state, id));
const below = (parentId: number) =>
	inTx(
		(tx) =>
			insertAccount(tx, { parentId, kind: "client", name: "x", ownerLogin: "x", timeZone: "UTC", country: "UA" }).id,
	);
const troubleOf = (work: Promise<void>) => work.then(() => undefined, accountTrouble);

describe("raising and lowering", () => {
	it("a client becomes a dealer below its dealer, with a dealer's rights, and goes back", async () => {
		const { dealer, client } = actors;
		const { id, path } = client.account;
		await raiseAccount(dealer, id, 1);
		expect(kindOf(id)).toMatchObject({ kind: "dealer", parent_id: dealer.account.id, version: 2 });
		const may = () => readBooks((tx) => branchStanding(tx, path).rights.has("accounts.create"));
		expect(may()).toBe(true);
		await lowerAccount(dealer, id, 2);
		expect(kindOf(id)).toMatchObject({ kind: "client", version: 3 });
		expect(may()).toBe(false);
		const verbs = readBooks((tx) =>
			tx
				.sql<{ verb: string }>(
					"SELECT e.verb FROM audit e JOIN audit_scopes s ON s.audit_id = e.id WHERE s.account_id = ? ORDER BY e.id",
				)
				.all(id),
		);
		expect(verbs.map(({ verb }) => verb)).toEqual(["account.raise", "account.lower"]);
	});

	it("no blocked or closed client is raised, nor one below a blocked dealer", async () => {
		const { admin, dealer, client } = actors;
		const { id } = client.account;
		for (const state of ["blocked", "closed"]) {
			await setState(id, state);
			expect(await troubleOf(raiseAccount(dealer, id, 1))).toEqual({
				issue: `accounts:error.is_${state}`,
				status: 422,
			});
		}
		await setState(id, "active");
		await setState(dealer.account.id, "blocked");
		expect(await troubleOf(raiseAccount(admin, id, 1))).toEqual({ issue: "accounts:error.is_blocked", status: 422 });
		expect(kindOf(id).kind).toBe("client");
	});

	it("a dealer with a branch is not lowered; with closed accounts only, it is", async () => {
		const { admin, dealer2 } = actors;
		const { id } = dealer2.account;
		expect(await troubleOf(lowerAccount(admin, id, 1))).toEqual({ issue: "accounts:error.has_branch", status: 422 });
		await setState(actors.client3.account.id, "blocked");
		expect(await troubleOf(lowerAccount(admin, id, 1))).toMatchObject({ status: 422 });
		await setState(actors.client3.account.id, "closed");
		await lowerAccount(admin, id, 1);
		expect(kindOf(id).kind).toBe("client");
	});

	it("twice, or with a page that is no longer true: refused", async () => {
		const { dealer, client } = actors;
		const { id } = client.account;
		await raiseAccount(dealer, id, 1);
		expect(await troubleOf(raiseAccount(dealer, id, 1))).toEqual({ issue: "accounts:stale.deed", status: 409 });
		expect(await troubleOf(raiseAccount(dealer, id, 2))).toEqual({ issue: "accounts:error.is_dealer", status: 422 });
		expect(
			await troubleOf(lowerAccount(actors.admin, actors.admin.account.id, 1)).catch((answer) => answer.status),
		).toBe(404);
	});

	it.each(["client3", "dealer2", "dealer"] as const)(
		"not %s: outside of the dealer's branch, or its own",
		async (name) => {
			const { id } = actors[name].account;
			await expect(raiseAccount(actors.dealer, id, 1)).rejects.toMatchObject({ name: "AccountNotFoundError" });
			await expect(lowerAccount(actors.dealer, id, 1)).rejects.toMatchObject({ name: "AccountNotFoundError" });
		},
	);
});

describe("another password for a client", () => {
	const visit = { address: "127.0.0.1", userAgent: "test" };
	let userId: number;
	beforeEach(async () => {
		const passwordHash = await hashPassword("the old one");
		const { id } = actors.client.account;
		userId = await inTx((tx) => insertUser(tx, { accountId: id, login: "client", passwordHash, name: "Ann" }));
	});

	function set(actor: Actor, password: string, formKey = "k", id = actors.client.account.id) {
		const form = new FormData();
		form.set("password", password);
		form.set("formKey", formKey);
		return saveAccountPassword(actor, id, form);
	}
	const sessions = () =>
		readBooks((tx) => tx.sql("SELECT 1 FROM sign_in_sessions WHERE user_id = ?").all(userId)).length;
	const notices = () =>
		readBooks((tx) =>
			tx
				.sql<{ kind: string; detail: string }>(
					"SELECT kind, detail FROM notices WHERE user_id = ? AND kind = 'password.changed'",
				)
				.all(userId),
		);

	it("typed: ends all sessions, tells the person, and is written down without the password", async () => {
		await signIn({ login: "client", password: "the old one", ...visit });
		expect(sessions()).toBe(1);
		expect(await set(actors.dealer, "zebra-lamp-forty-2")).toEqual({ login: "client", madePassword: null });
		expect(sessions()).toBe(0);
		expect(notices()).toEqual([{ kind: "password.changed", detail: '{"by":"above"}' }]);
		await expect(signIn({ login: "client", password: "the old one", ...visit })).rejects.toThrow();
		await signIn({ login: "client", password: "zebra-lamp-forty-2", ...visit });
		const entry = readBooks((tx) =>
			tx.sql<{ detail: string }>("SELECT detail FROM audit WHERE verb = 'account.password'").get(),
		);
		expect(entry?.detail).toBe('{"login":"client"}');
	});

	it("made: the same form shows the same one and does nothing the second time; another form makes another", async () => {
		const first = await set(actors.dealer, "");
		if (!("madePassword" in first)) throw new Error("refused");
		await signIn({ login: "client", password: first.madePassword!, ...visit });
		expect(await set(actors.dealer, "")).toEqual(first);
		expect(sessions(), "nobody is signed out by a reload").toBe(1);
		expect(notices()).toHaveLength(1);
		expect(await set(actors.dealer, "", "k2")).not.toEqual(first);
	});

	it.each([
		["short", "too_short"],
		["qwertyuiop", "leaked"],
		["its-client-word-8x", "has_login"],
	])("%s is too weak", async (password, reason) => {
		const answer = await set(actors.dealer, password);
		expect("lastResult" in answer && answer.lastResult.error?.password?.[0]).toContain(`password.error.${reason}`);
		await signIn({ login: "client", password: "the old one", ...visit });
	});

	it("nobody from outside: another dealer, the client itself, whoever entered the dealer's cabinet", async () => {
		await expect(set(actors.dealer2, "zebra-lamp-forty-2")).rejects.toMatchObject({ name: "AccountNotFoundError" });
		await expect(set(actors.client, "zebra-lamp-forty-2")).rejects.toBeTruthy();
		const inside = { ...actors.dealer, behindUserId: actors.admin.userId };
		await expect(set(inside, "zebra-lamp-forty-2")).rejects.toMatchObject({ status: 403 });
		await signIn({ login: "client", password: "the old one", ...visit });
	});

	it("nor an employee who may less than the client: it would sign in as somebody who may more", async () => {
		const { dealer, client } = actors;
		const employee = { ...dealer, role: "employee" as const };
		const without = (...lacking: Right[]) => new Set([...dealer.rights].filter((right) => !lacking.includes(right)));
		const weak = { ...employee, rights: without("numbers.read") };
		await expect(set(weak, "zebra-lamp-forty-2")).rejects.toMatchObject({ status: 403 });
		const offered = (actor: Actor) => readBooks((tx) => getAccountPage(tx, actor, client.account.id)).deeds;
		expect(offered(weak)).not.toContain("password");
		await signIn({ login: "client", password: "the old one", ...visit });
		// What no client may is nothing that it could win.
		const strong = { ...employee, rights: without("accounts.delete") };
		expect(offered(strong)).toContain("password");
		expect(await set(strong, "zebra-lamp-forty-2")).toMatchObject({ login: "client" });
		// Of a dealer below, it is.
		const below = await inTx(
			(tx) =>
				insertAccount(tx, {
					parentId: dealer.account.id,
					kind: "dealer",
					name: "Sub",
					ownerLogin: "sub",
					timeZone: "UTC",
					country: "UA",
				}).id,
		);
		await expect(set(strong, "zebra-lamp-forty-2", "k", below)).rejects.toMatchObject({ status: 403 });
	});
});

describe("what a page offers", () => {
	const deeds = (actor: Actor, id: number) => readBooks((tx) => getAccountPage(tx, actor, id)).deeds;

	it("to whoever stands above, by state and kind", async () => {
		const { admin, dealer, client } = actors;
		expect(deeds(dealer, client.account.id)).toEqual([
			"edit",
			"enter",
			"password",
			"factor",
			"rights",
			"senders",
			"money",
			"prices",
			"fees",
			"limits",
			"bill",
			"bill-details",
			"raise",
			"block",
			"close",
		]);
		expect(deeds(admin, dealer.account.id)).toEqual([
			"edit",
			"enter",
			"password",
			"factor",
			"rights",
			"senders",
			"money",
			"prices",
			"fees",
			"limits",
			"bill",
			"bill-details",
			"lower",
			"block",
			"attach",
			"close",
		]);
		await setState(client.account.id, "blocked");
		expect(deeds(dealer, client.account.id)).toEqual([
			"edit",
			"enter",
			"password",
			"factor",
			"rights",
			"senders",
			"money",
			"prices",
			"fees",
			"limits",
			"bill",
			"bill-details",
			"unblock",
			"close",
		]);
		await setState(client.account.id, "closed");
		expect(deeds(dealer, client.account.id), "its history stays").toEqual(["money", "bill"]);
	});

	it("nothing on the own account; to an employee and to somebody inside only what would not be refused", () => {
		const { admin, dealer, client } = actors;
		expect(deeds(dealer, dealer.account.id)).toEqual([]);
		expect(deeds(admin, admin.account.id)).toEqual(["edit", "senders"]);
		const reader = { ...dealer, role: "employee" as const, rights: new Set(["accounts.read" as const]) };
		expect(deeds(reader, client.account.id)).toEqual([]);
		expect(deeds({ ...dealer, behindUserId: 10 }, client.account.id)).not.toContain("password");
	});

	it("the way up ends at the actor's own account; the note is not the account's own to read", async () => {
		const { admin, dealer, client } = actors;
		await inTx((tx) => void tx.sql("UPDATE accounts SET note = 'Pays late'").run());
		const page = (actor: Actor, id: number) => readBooks((tx) => getAccountPage(tx, actor, id));
		expect(page(dealer, client.account.id).above.map(({ id }) => id)).toEqual([dealer.account.id]);
		expect(page(admin, client.account.id).above.map(({ id }) => id)).toEqual([admin.account.id, dealer.account.id]);
		expect(page(dealer, client.account.id).account.note).toBe("Pays late");
		expect(page(dealer, dealer.account.id).account.note).toBe("");
		expect(() => page(dealer, actors.client3.account.id)).toThrow(
			expect.objectContaining({ name: "AccountNotFoundError" }),
		);
	});

	it("shows a few of the accounts below, and says that there are more", async () => {
		const { dealer } = actors;
		for (let i = 0; i < 4; i++) await below(dealer.account.id);
		const { below: shown } = readBooks((tx) => getAccountPage(tx, dealer, dealer.account.id));
		expect(shown.few).toHaveLength(5);
		expect(shown.hasMore).toBe(true);
	});
});

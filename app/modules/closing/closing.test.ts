import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "#app/modules/access/actor.ts";
import { WrongCredentialsError } from "#app/modules/access/sign-in.errors.ts";
import { signIn } from "#app/modules/access/sign-in.server.ts";
import { signedInBy } from "#app/modules/access/signed-in-by.server.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { insertUser, LoginTakenError } from "#app/modules/accounts/insert-user.server.ts";
import { insertContacts } from "#app/modules/audiences/insert-contacts.server.ts";
import { getCampaignPage } from "#app/modules/campaigns/get-campaign-page.server.ts";
import { postTransfer } from "#app/modules/ledger/post-transfer.server.ts";
import { zeroAccount } from "#app/modules/money/zero-account.server.ts";
import { addPeople, PASSWORD, PEOPLE } from "#app/testing/people.ts";
import { testBooks } from "#db/testing/books.ts";
import { testPhones } from "#db/testing/campaign.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { sweep } from "#jobs/sweep.ts";
import { testWire } from "#jobs/testing/wire.ts";
import { wirePool } from "#jobs/wire/pool.ts";
import { closeAccount } from "./close-account.server.ts";
import { getClosingPage } from "./get-closing-page.server.ts";
import { wipeAccount } from "./wipe-account.server.ts";

await testWire();
testBooks();

const rows = <Row = Record<string, unknown>>(sql: string, ...values: unknown[]) =>
	readBooks((tx) => tx.sql<Row>(sql).all(...values));
const account = (id: number) => rows("SELECT * FROM accounts WHERE id = ?", id)[0]!;
const run = (sql: string, ...values: unknown[]) => inTx((tx) => void tx.sql(sql).run(...values));
const close = (by: Actor, id: number, login?: string) =>
	closeAccount(by, id, { version: account(id).version as number, login: login ?? (account(id).owner_login as string) });

let forms = 0;
/** A campaign of an account with a list of `people`. */
async function addCampaign(
	accountId: number,
	state: string,
	people = 3,
): Promise<{ id: number; collectionId: number }> {
	return inTx((tx) => {
		const collectionId = Number(
			tx
				.sql(
					`INSERT INTO collections (account_id, kind, name, country, state, valid_count, upload_id, created_at_utc)
					VALUES (?, 'one_off', 'customers.csv', 'UA', 'ready', ?, ?, 1)`,
				)
				.run(accountId, people, randomUUID()).lastInsertRowid,
		);
		insertContacts(tx, { accountId, collectionId }, testPhones(people));
		tx.sql(
			"INSERT INTO contact_rejects (collection_id, account_id, line, cell, typed, reason) VALUES (?, ?, 1, 1, 'x', 'empty')",
		).run(collectionId, accountId);
		const id = Number(
			tx
				.sql(
					`INSERT INTO campaigns (account_id, user_id, name, channel, sender, text, collection_id, state, form_key, created_at_utc,
						start_at_utc, paused_from, started_at_utc)
					VALUES (?, 1, 'Spring', 'viber', 'S', 'Hello', ?, ?, ?, 1, 9e12, ?, ?)`,
				)
				.run(
					accountId,
					collectionId,
					state,
					`form-${++forms}`,
					state === "paused" ? "sending" : null,
					state === "paused" ? 1 : null,
				).lastInsertRowid,
		);
		tx.sql("INSERT INTO campaign_counters (campaign_id, account_id) VALUES (?, ?)").run(id, accountId);
		return { id, collectionId };
	});
}
const states = (accountId: number) =>
	rows<{ state: string }>("SELECT state FROM campaigns WHERE account_id = ? ORDER BY id", accountId).map(
		(one) => one.state,
	);
const left = (accountId: number) =>
	["contacts", "contact_rejects", "collections", "campaigns", "campaign_counters"].map(
		(table) => rows(`SELECT 1 FROM ${table} WHERE account_id = ?`, accountId).length,
	);

describe("who closes what", () => {
	let on: Actors;
	beforeEach(async () => {
		on = await makeActors();
	});
	const id = (of: Actor) => of.account.id;

	it("an account below, with the right, and never the own one nor one of elsewhere", async () => {
		const notFound = { name: "AccountNotFoundError" };
		await expect(close(on.dealer, id(on.dealer))).rejects.toMatchObject(notFound);
		await expect(close(on.admin, id(on.admin))).rejects.toMatchObject(notFound);
		await expect(close(on.dealer, id(on.client3))).rejects.toMatchObject(notFound);
		expect(() => readBooks((tx) => getClosingPage(tx, on.dealer, id(on.client3)))).toThrow("no account");
		const clerk: Actor = { ...on.dealer, role: "employee", rights: new Set(["accounts.read", "accounts.update"]) };
		for (const one of [id(on.client), 999])
			await expect(closeAccount(clerk, one, { version: 1, login: "client" })).rejects.toMatchObject({ status: 403 });
		await close(on.dealer, id(on.client));
		expect(rows("SELECT state FROM accounts ORDER BY id").map((row) => row.state)).toEqual([
			...["active", "active", "active", "closed", "active", "active"],
		]);
	});

	it("only once, only as the page showed it, and only with the owner's login typed", async () => {
		await expect(close(on.dealer, id(on.client), "client2")).rejects.toMatchObject({ name: "OtherLoginError" });
		await expect(closeAccount(on.dealer, id(on.client), { version: 7, login: "client" })).rejects.toMatchObject({
			name: "StaleAccountError",
		});
		expect(account(id(on.client)).state).toBe("active");
		await close(on.dealer, id(on.client), "  CLIENT ");
		await expect(close(on.dealer, id(on.client))).rejects.toMatchObject({ name: "AccountStateError", state: "closed" });
	});

	it("not while it has a branch: with every account below closed, it can be", async () => {
		const obstructed = { name: "ClosingObstructedError", obstacles: [{ kind: "branch", count: 2, isMore: false }] };
		await expect(close(on.admin, id(on.dealer))).rejects.toMatchObject(obstructed);
		expect(account(id(on.dealer)).state).toBe("active");
		await close(on.dealer, id(on.client));
		await close(on.dealer, id(on.client2));
		await close(on.admin, id(on.dealer));
		expect(account(id(on.dealer))).toMatchObject({ state: "closed", branch_size: 3 });
	});

	it.each(["preparing", "sending"])(
		"not while a campaign is %s, which is named; another's does not matter",
		async (state) => {
			const { id: campaignId } = await addCampaign(id(on.client), state);
			await addCampaign(id(on.client3), "sending");
			const obstacle = { kind: "sending", count: 1, isMore: false, campaigns: [{ id: campaignId, name: "Spring" }] };
			await expect(close(on.dealer, id(on.client))).rejects.toMatchObject({ obstacles: [obstacle] });
			await close(on.dealer, id(on.client2));
		},
	);

	it("not while there is money on it, held for it or owed by it; returned, it can be", async () => {
		const { client, dealer, admin } = on;
		const part = (accountId: number, book: "available" | "held" | "outside", amountMicros: number) => ({
			accountId,
			book,
			amountMicros,
		});
		const post = (opId: string, ...parts: ReturnType<typeof part>[]) =>
			inTx((tx) =>
				postTransfer(tx, { opId, input: {}, kind: "deposit", accountId: client.account.id, by: null, parts }),
			);
		const left = () =>
			readBooks((tx) => getClosingPage(tx, dealer, client.account.id).obstacles.filter(({ kind }) => kind === "money"));
		const { id } = client.account;
		await post("a", part(admin.account.id, "outside", -30), part(id, "available", 20), part(id, "held", 10));
		expect(left()).toMatchObject([{ count: 2, balance: { availableMicros: 20, heldMicros: 10 } }]);
		await expect(close(dealer, id)).rejects.toThrow(/money/);
		await zeroAccount(dealer, id, { formKey: "zero", note: "" });
		expect(left()).toMatchObject([{ count: 1, balance: { availableMicros: 0, heldMicros: 10 } }]);
		await post("b", part(id, "held", -10), part(admin.account.id, "outside", 10));
		expect(left()).toEqual([]);
		await close(dealer, id);
	});

	it("both obstacles are told at once", async () => {
		await addCampaign(id(on.dealer), "sending");
		const { obstacles } = readBooks((tx) => getClosingPage(tx, on.admin, id(on.dealer)));
		expect(obstacles.map((one) => one.kind)).toEqual(["branch", "sending"]);
	});
});

describe("what goes at once", () => {
	const admin = { account: { id: 1, path: "/1/" }, branches: ["/1/"], rights: new Set(["accounts.delete"]) };
	const by = { userId: 10, behindUserId: null, role: "owner", ...admin } as unknown as Actor;
	const client = PEOPLE[2].id;
	beforeEach(async () => {
		await addPeople();
		await run(
			`UPDATE users SET email = login || '@x.example', phone = '+380501112233', avatar_key = 'k', sealed_totp = NULL`,
		);
		for (const { id } of PEOPLE) {
			await run("UPDATE accounts SET city = 'Kyiv', note = 'pays late' WHERE id = ?", id);
			await run("INSERT INTO account_contacts (account_id, position, name) VALUES (?, 1, 'Olena')", id);
			await run("INSERT INTO senders (account_id, channel, name) VALUES (?, 'viber', 'S')", id);
			await run("INSERT INTO avatars VALUES ('k', ?, ?, 'image/png', x'00')", id, id * 10);
			await run("INSERT INTO recovery_codes (account_id, user_id, code_hash) VALUES (?, ?, 'h')", id, id * 10);
			await run(
				"INSERT INTO notices (account_id, user_id, kind, detail, at_utc) VALUES (?, ?, 'x', '{}', 1)",
				id,
				id * 10,
			);
		}
	});

	it("is every trace of its people, and of nobody else's", async () => {
		const before = JSON.stringify(rows("SELECT * FROM users WHERE account_id <> ?", client));
		await close(by, client);
		expect(account(client)).toMatchObject({
			name: `#${client}`,
			name_key: `#${client}`,
			city: "",
			note: "",
			owner_login: "",
		});
		expect(account(client)).toMatchObject({ state: "closed", closed_at_utc: expect.any(Number), wiped_at_utc: null });
		const [person] = rows("SELECT * FROM users WHERE account_id = ?", client);
		expect(person).toMatchObject({
			name: "#30",
			email: "",
			phone: "",
			avatar_key: null,
			password_hash: "",
			state: "blocked",
		});
		expect(JSON.stringify(person)).not.toMatch(/client/);
		for (const table of ["account_contacts", "senders", "avatars", "recovery_codes", "notices"])
			expect([table, rows(`SELECT account_id FROM ${table}`).map((row) => row.account_id)]).toEqual([
				table,
				[1, 2, 4, 5],
			]);
		expect(JSON.stringify(rows("SELECT * FROM users WHERE account_id <> ?", client))).toBe(before);
		expect(rows("SELECT rowid FROM account_search WHERE account_search MATCH 'kyiv'").map((row) => row.rowid)).toEqual([
			...[1, 2, 4, 5],
		]);
		expect(rows("SELECT verb, detail FROM audit WHERE verb = 'account.close'")).toEqual([
			{ verb: "account.close", detail: null },
		]);
	});

	it("is every session, and the way back in", async () => {
		const attempt = { login: "client", password: PASSWORD, address: "192.0.2.1", userAgent: "test" };
		const { token } = await signIn(attempt);
		const other = await signIn({ ...attempt, login: "client2" });
		const asker = (cookie: string) => signedInBy(new Request("http://host/", { headers: { Cookie: `sid=${cookie}` } }));
		expect(asker(token)).toBeDefined();
		await close(by, client);
		expect(asker(token)).toBeUndefined();
		expect(asker(other.token)).toBeDefined();
		for (const login of ["client", "closed:30"])
			await expect(signIn({ ...attempt, login })).rejects.toBeInstanceOf(WrongCredentialsError);
	});

	it("leaves its login to nobody, however it is spelt", async () => {
		await close(by, client);
		const add = (login: string) =>
			inTx((tx) => void insertUser(tx, { accountId: 5, login, passwordHash: "x", name: "x" }));
		// The second with a Cyrillic с, the third with a one.
		for (const login of ["client", "сlient", "c1ient"])
			await expect(add(login)).rejects.toBeInstanceOf(LoginTakenError);
		await add("client-new");
	});
});

describe("what a job does after it", () => {
	let on: Actors;
	let id: number;
	beforeEach(async () => {
		on = await makeActors();
		id = on.client.account.id;
	});

	it("cancels what waits, drops drafts and lists with their people; campaigns stay readable, the other tenant is whole", async () => {
		for (const state of ["draft", "scheduled", "paused", "done", "cancelled"]) await addCampaign(id, state, 1_200);
		await addCampaign(on.client3.account.id, "scheduled");
		await close(on.dealer, id);
		expect(rows("SELECT task FROM outbox").map((row) => row.task)).toEqual(["wipe-account"]);
		await wipeAccount(id);
		expect(states(id)).toEqual(["cancelled", "cancelled", "done", "cancelled"]);
		expect(left(id)).toEqual([0, 0, 4, 4, 4]);
		expect(rows("SELECT DISTINCT name, upload_id FROM collections WHERE account_id = ?", id)).toEqual([
			{ name: "", upload_id: null },
		]);
		expect(account(id).wiped_at_utc).toEqual(expect.any(Number));
		// The paused one had begun: what is queued of it is cancelled, too.
		expect(rows("SELECT task FROM outbox").map((row) => row.task)).toEqual(["wipe-account", "cancel-rest"]);
		expect(left(on.client3.account.id)).toEqual([3, 1, 1, 1, 1]);
		expect(states(on.client3.account.id)).toEqual(["scheduled"]);
		const [kept] = rows<{ id: number }>("SELECT id FROM campaigns WHERE account_id = ? AND state = 'done'", id);
		const page = readBooks((tx) => getCampaignPage(tx, on.dealer, kept!.id));
		expect(page.audience).toMatchObject({ name: "", validCount: 1_200 });
	});

	it("leaves alone an account that is not closed", async () => {
		await addCampaign(id, "draft");
		await wipeAccount(id);
		expect(left(id)).toEqual([3, 1, 1, 1, 1]);
	});

	it("goes on where a kill cut it, whichever slice that was", async () => {
		for (const state of ["draft", "scheduled", "done"]) await addCampaign(id, state, 2_500);
		await close(on.dealer, id);
		const seen = new Set<string>();
		for (let kills = 0; account(id).wiped_at_utc === null; kills++) {
			expect(kills).toBeLessThan(100);
			// Lets one more look pass than the last time, so that every boundary between slices is a place of death.
			let looks = 0;
			const signal = {
				get aborted() {
					return looks++ >= kills;
				},
			} as AbortSignal;
			await wipeAccount(id, signal);
			seen.add(JSON.stringify(left(id)));
			const people = rows(
				"SELECT country, count(*) AS contacts FROM contacts WHERE account_id = ? GROUP BY country",
				id,
			);
			const counted =
				"SELECT country, sum(contacts) AS contacts FROM collection_countries WHERE account_id = ? GROUP BY 1";
			expect(rows(counted, id)).toEqual(people);
		}
		expect(seen.size).toBeGreaterThan(5);
		expect(left(id)).toEqual([0, 0, 2, 2, 2]);
		expect(states(id)).toEqual(["cancelled", "done"]);
	});

	it("is given again by the sweep while something is left, and not after", async () => {
		const keys = async () =>
			(await wirePool().query<{ key: string }>("SELECT key FROM graphile_worker.jobs ORDER BY key")).rows.map(
				(row) => row.key,
			);
		await close(on.dealer, id);
		await close(on.dealer2, on.client3.account.id);
		await wipeAccount(on.client3.account.id);
		await sweep();
		// Its first job has its time.
		expect(await keys()).toEqual([]);
		await run("UPDATE accounts SET closed_at_utc = closed_at_utc - 120000 WHERE closed_at_utc IS NOT NULL");
		await sweep();
		expect(await keys()).toEqual([`wipe-account:${id}`]);
	});
});

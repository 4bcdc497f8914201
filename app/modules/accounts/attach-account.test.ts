import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "#app/modules/access/actor.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { getCampaign, getFigures } from "#app/modules/campaigns/campaign.queries.server.ts";
import { listLeftCampaigns } from "#app/modules/campaigns/list-left-campaigns.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { AccountNotFoundError, StaleAccountError } from "./account.errors.ts";
import type { AttachRefusal } from "./attach.errors.ts";
import { attachAccount } from "./attach-account.server.ts";
import { DEPTH_MAX, insertAccount } from "./insert-account.server.ts";
import { listLeftAccounts } from "./list-left-accounts.server.ts";
import { pathHistory } from "./path-history.server.ts";

testBooks();
let actors: Actors;
beforeEach(async () => {
	actors = await makeActors();
});

interface Row {
	id: number;
	parent_id: number;
	path: string;
	branch_size: number;
	version: number;
	state: string;
}
const row = (id: number) => readBooks((tx) => tx.sql<Row>("SELECT * FROM accounts WHERE id = ?").get(id))!;
const idOf = (actor: Actor) => actor.account.id;
const attach = (moved: Actor, to: Actor, as: Actor = actors.admin) =>
	attachAccount(as, idOf(moved), { target: String(idOf(to)), version: row(idOf(moved)).version });

/** The actor as its next request makes it: where its account stands now. */
const now = (actor: Actor): Actor => {
	const { path } = row(idOf(actor));
	return { ...actor, account: { ...actor.account, path }, branches: [path] };
};

async function below(actor: Actor, kind: "dealer" | "client" = "client", login = ""): Promise<Actor> {
	const place = { timeZone: "UTC", country: "UA" };
	const { id, path } = await inTx((tx) =>
		insertAccount(tx, { parentId: idOf(actor), kind, name: "Made", ownerLogin: login, ...place }),
	);
	return { ...actor, account: { ...actor.account, id, kind, path }, branches: [path] };
}

async function startedCampaign(of: Actor): Promise<number> {
	return inTx((tx) => {
		const { lastInsertRowid } = tx
			.sql(
				`INSERT INTO campaigns (account_id, user_id, name, channel, sender, text, collection_id, state, form_key, created_at_utc,
					branch_path)
				VALUES (?, 1, 'c', 'viber', 's', 't', 1, 'sending', ?, 0, (SELECT path FROM accounts WHERE id = ?))`,
			)
			.run(idOf(of), `${Math.random()}`, idOf(of));
		tx.sql("INSERT INTO campaign_counters (campaign_id, account_id) VALUES (?, ?)").run(lastInsertRowid, idOf(of));
		return Number(lastInsertRowid);
	});
}

/** Both of a campaign's reads agree. */
function canRead(actor: Actor, campaignId: number): boolean {
	const [campaign, figures] = [getCampaign, getFigures].map((read) => {
		try {
			return Boolean(readBooks((tx) => read(tx, now(actor), campaignId)));
		} catch {
			return false;
		}
	});
	expect(figures).toBe(campaign);
	return campaign!;
}

describe("moving an account", () => {
	it("takes the whole branch along: paths, sizes on both sides, the stay, the audit for both", async () => {
		const deep = await below(actors.dealer, "dealer");
		const leaf = await below(deep);
		await attach(actors.dealer, actors.dealer2);
		const { dealer, dealer2, client, admin } = actors;
		expect(row(idOf(leaf)).path).toBe(`/${[admin, dealer2, dealer, deep, leaf].map(idOf).join("/")}/`);
		expect(row(idOf(client)).path).toBe(`${row(idOf(dealer2)).path}${idOf(dealer)}/${idOf(client)}/`);
		expect([admin, dealer, dealer2, deep].map((one) => row(idOf(one)).branch_size)).toEqual([8, 5, 7, 2]);
		expect(row(idOf(dealer))).toMatchObject({ parent_id: idOf(dealer2), version: 2 });
		await attach(deep, admin);
		const stays = readBooks((tx) =>
			tx
				.sql<{ account_id: number; path: string }>("SELECT * FROM account_stays WHERE moved_account_id = ?")
				.all(idOf(deep)),
		);
		expect(stays.map((stay) => stay.account_id).sort()).toEqual([idOf(dealer), idOf(dealer2)].sort());
		const audited = readBooks((tx) =>
			tx
				.sql(
					"SELECT s.account_id FROM audit_scopes s JOIN audit e ON e.id = s.audit_id WHERE e.verb = 'account.attach' AND e.subject = ?",
				)
				.pluck()
				.all(`account:${idOf(deep)}`),
		);
		expect(audited.sort(), "each once").toEqual([admin, dealer, dealer2, deep].map(idOf).sort());
	});

	it("is found by the login of anybody there", async () => {
		await inTx((tx) =>
			tx
				.sql(
					`INSERT INTO users (account_id, login, login_skeleton, password_hash, role, name, created_at_utc)
					VALUES (?, 'anna', 'anna', '', 'employee', 'Anna', 0)`,
				)
				.run(idOf(actors.dealer2)),
		);
		await attachAccount(actors.admin, idOf(actors.client), { target: " Anna ", version: 1 });
		expect(row(idOf(actors.client)).parent_id).toBe(idOf(actors.dealer2));
	});

	const refusals: [AttachRefusal, (all: Actors) => Promise<[moved: Actor, to: Actor]>][] = [
		["itself", async ({ dealer }) => [dealer, dealer]],
		["own_branch", async ({ dealer }) => [dealer, await below(dealer, "dealer")]],
		["already_there", async ({ client, dealer }) => [client, dealer]],
		["below_client", async ({ dealer, client3 }) => [dealer, client3]],
		["below_closed", async ({ client, dealer2 }) => [client, await close(await below(dealer2, "dealer"))]],
		["closed", async ({ client, dealer2 }) => [await close(client), dealer2]],
		[
			"too_deep",
			async ({ dealer, dealer2 }) => {
				let deepest = dealer2;
				for (let depth = 2; depth < DEPTH_MAX - 1; depth++) deepest = await below(deepest, "dealer");
				return [dealer, deepest];
			},
		],
	];
	it.each(refusals)("is refused: %s", async (because, make) => {
		const [moved, to] = await make(actors);
		const before = readBooks((tx) => tx.sql("SELECT * FROM accounts ORDER BY id").all());
		await expect(attach(moved, to)).rejects.toMatchObject({ because });
		expect(readBooks((tx) => tx.sql("SELECT * FROM accounts ORDER BY id").all())).toEqual(before);
		expect(readBooks((tx) => tx.sql("SELECT 1 FROM account_stays UNION SELECT 1 FROM audit").get())).toBeUndefined();
	});

	it("goes down to the deepest place that there is, and no deeper", async () => {
		let deepest = actors.dealer2;
		for (let depth = 2; depth < DEPTH_MAX - 2; depth++) deepest = await below(deepest, "dealer");
		await attach(actors.dealer, deepest);
		expect(row(idOf(actors.client)).path.split("/")).toHaveLength(DEPTH_MAX + 2);
	});

	it("is refused when the account was changed since the page was made, and to nobody's", async () => {
		const id = idOf(actors.client);
		const target = String(idOf(actors.dealer2));
		await expect(attachAccount(actors.admin, id, { target, version: 7 })).rejects.toThrow(StaleAccountError);
		await expect(attachAccount(actors.admin, id, { target: "nobody", version: 1 })).rejects.toMatchObject({
			because: "no_target",
		});
		await expect(attachAccount(actors.admin, 999, { target, version: 1 })).rejects.toThrow(AccountNotFoundError);
		await expect(attachAccount(actors.admin, 1, { target, version: 1 })).rejects.toThrow(AccountNotFoundError);
	});

	it("is the admin's alone", async () => {
		for (const as of [actors.dealer, actors.client, actors.dealer2])
			await expect(attach(actors.client, actors.dealer2, as)).rejects.toMatchObject({ status: 403 });
		const employee = { ...actors.admin, branches: [actors.dealer.account.path] };
		await expect(attach(actors.client, actors.dealer2, employee)).rejects.toMatchObject({ because: "no_target" });
		await expect(attach(actors.client3, actors.dealer, employee)).rejects.toThrow(AccountNotFoundError);
	});

	it("halts what the branch is sending where it comes below somebody blocked", async () => {
		await inTx((tx) => tx.sql("UPDATE accounts SET state = 'blocked' WHERE id = ?").run(idOf(actors.dealer2)));
		await attach(actors.client, actors.dealer2);
		expect(readBooks((tx) => tx.sql("SELECT task FROM outbox").pluck().all())).toEqual(["halt-blocked"]);
	});
});

describe("what was sent before a move", () => {
	it("is read by the old dealer and the new one; what is sent afterwards only by the new one", async () => {
		const { client, dealer, dealer2, client2, client3, admin } = actors;
		const before = await startedCampaign(client);
		await attach(client, dealer2);
		const after = await startedCampaign(client);
		const readers = [admin, dealer, dealer2, client, client2, client3];
		expect(readers.map((one) => canRead(one, before))).toEqual([true, true, true, true, false, false]);
		expect(readers.map((one) => canRead(one, after))).toEqual([true, false, true, true, false, false]);
	});

	it("is still the old dealer's when that is moved itself, and the grandparent's of that time", async () => {
		const { admin, client, dealer, dealer2 } = actors;
		const top = await below(admin, "dealer");
		await attach(dealer, top);
		const sent = await startedCampaign(client);
		await attach(client, admin);
		await attach(dealer, dealer2);
		expect([top, dealer, client].map((one) => canRead(one, sent))).toEqual([true, true, true]);
		expect(canRead(dealer2, sent), "the old dealer's new dealer gets no history of an account that it never had").toBe(
			false,
		);
	});

	it("an employee limited to other accounts does not read it", async () => {
		const { client, client2, dealer, dealer2 } = actors;
		const sent = await startedCampaign(client);
		await attach(client, dealer2);
		const employee = { ...dealer, branches: [row(idOf(client2)).path] };
		expect(() => readBooks((tx) => getCampaign(tx, employee, sent))).toThrow();
		expect(canRead(dealer, sent)).toBe(true);
	});

	it("drafts go with the account alone", async () => {
		const { client, dealer, dealer2 } = actors;
		const draft = await startedCampaign(client);
		await inTx((tx) => tx.sql("UPDATE campaigns SET branch_path = NULL WHERE id = ?").run(draft));
		await attach(client, dealer2);
		expect([canRead(dealer, draft), canRead(dealer2, draft)]).toEqual([false, true]);
	});

	it("every path that an account has had is known, whoever was moved", async () => {
		const { admin, client, dealer, dealer2 } = actors;
		const paths = [row(idOf(client)).path];
		for (const [moved, to] of [
			[dealer, dealer2],
			[client, admin],
			[client, dealer],
			[dealer2, await below(admin, "dealer")],
		] as const) {
			await attach(moved, to);
			paths.push(row(idOf(client)).path);
		}
		const history = readBooks((tx) => pathHistory(tx, { id: idOf(client), path: row(idOf(client)).path }));
		expect(history.map(({ path }) => path)).toEqual(paths.reverse());
	});
});

async function close(actor: Actor): Promise<Actor> {
	await inTx((tx) => tx.sql("UPDATE accounts SET state = 'closed' WHERE id = ?").run(idOf(actor)));
	return actor;
}

describe("accounts that left", () => {
	const leftOf = (actor: Actor) => readBooks((tx) => listLeftAccounts(tx, now(actor)).rows);

	it("are listed for whoever lost them, with what they and their branch started there", async () => {
		const { admin, client, dealer, dealer2 } = actors;
		const sub = await below(dealer, "dealer");
		const leaf = await below(sub);
		const first = await startedCampaign(leaf);
		// The old dealer is moved itself: what was started before lies on another path than what follows.
		await attach(dealer, dealer2);
		const second = await startedCampaign(leaf);
		await attach(sub, admin);
		const third = await startedCampaign(leaf);
		const others = await startedCampaign(client);
		const [stay] = leftOf(dealer);
		expect(stay).toMatchObject({ accountId: idOf(sub), isInScope: false });
		const listed = (of: Actor, stayId: number) => readBooks((tx) => listLeftCampaigns(tx, now(of), stayId, null));
		const ids = listed(dealer, stay!.id).rows.map((row) => row.id);
		expect(ids.sort()).toEqual([first, second]);
		expect(ids).not.toContain(others);
		expect(ids.map((id) => canRead(dealer, id))).toEqual([true, true]);
		expect(canRead(dealer, third)).toBe(false);
		const [stayAbove] = leftOf(dealer2);
		expect(
			listed(dealer2, stayAbove!.id).rows.map((row) => row.id),
			"only since it came there",
		).toEqual([second]);
		expect(() => listed(dealer2, stay!.id), "a stay below another").toThrow(AccountNotFoundError);
		const employee = { ...now(dealer), branches: [now(client).account.path] };
		expect(readBooks((tx) => listLeftAccounts(tx, employee)).rows).toEqual([]);
	});

	it("one that was only moved inside of the scope is said to be there still", async () => {
		const { client, dealer } = actors;
		await attach(client, await below(dealer, "dealer"));
		expect(leftOf(dealer)).toMatchObject([{ accountId: idOf(client), isInScope: true }]);
		expect(leftOf(actors.admin)).toEqual([]);
	});

	it("their campaigns come 50 a page, each once", async () => {
		const { client, dealer, dealer2 } = actors;
		const started: number[] = [];
		for (let i = 0; i < 60; i++) started.push(await startedCampaign(client));
		await attach(client, dealer2);
		const [stay] = leftOf(dealer);
		const page = (after: string | null) => readBooks((tx) => listLeftCampaigns(tx, now(dealer), stay!.id, after));
		const first = page(null);
		const second = page(first.nextAfter);
		expect([first.rows.length, second.rows.length, second.nextAfter]).toEqual([50, 10, null]);
		expect([...first.rows, ...second.rows].map((row) => row.id)).toEqual(started.reverse());
	});
});

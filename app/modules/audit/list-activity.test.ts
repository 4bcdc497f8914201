import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "#app/modules/access/actor.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { insertUser } from "#app/modules/accounts/insert-user.server.ts";
import { listVisits } from "#app/modules/impersonation/list-visits.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { listActivity } from "./list-activity.server.ts";
import { writeAudit } from "./write-audit.server.ts";

testBooks();
let actors: Actors;
beforeEach(async () => {
	actors = await makeActors();
	await inTx((tx) => {
		for (const [login, actor] of Object.entries(actors) as [string, Actor][]) {
			const id = insertUser(tx, { accountId: actor.account.id, login, passwordHash: "", name: `Person of ${login}` });
			tx.sql("UPDATE users SET id = ? WHERE id = ? AND account_id = ?").run(actor.userId, id, actor.account.id);
		}
	});
});

const log = (actor: Actor) => readBooks((tx) => listActivity(tx, actor).entries);
const block = (by: Actor, whom: Actor) =>
	inTx((tx) => writeAudit(tx, by, "account.block", `account:${whom.account.id}`, { reason: "r" }, whom.account.path));
const own = (by: Actor) => inTx((tx) => writeAudit(tx, by, "campaign.update", "campaign:1"));

describe("the activity of one's own account", () => {
	it("names one's own people, the direct dealer by its account, and nothing of what is above that", async () => {
		await own(actors.client);
		await block(actors.dealer, actors.client);
		await block(actors.admin, actors.client);
		const entries = log(actors.client);
		expect(entries.map((entry) => entry.who)).toEqual([
			{ is: "staff" },
			{ is: "dealer", accountName: "dealer" },
			{ is: "person", name: "Person of client", accountName: null },
		]);
		expect(JSON.stringify(entries)).not.toMatch(/admin|Person of dealer/);
	});

	it("says who was behind, and in whose name", async () => {
		await own({ ...actors.client, behindUserId: actors.admin.userId });
		expect(log(actors.client)).toMatchObject([{ who: { is: "staff" }, inNameOf: "Person of client" }]);
	});

	it("holds nothing of another tenant, of a neighbour, or of what those below did", async () => {
		await own(actors.client2);
		await own(actors.client3);
		await block(actors.dealer, actors.client2);
		expect(log(actors.client)).toEqual([]);
		expect(log(actors.dealer2)).toEqual([]);
		expect(log(actors.dealer)).toHaveLength(1);
	});

	it("is what a person did alone, for whoever may not read the audit", async () => {
		await own(actors.client);
		await block(actors.dealer, actors.client);
		const rights = new Set([...actors.client.rights].filter((right) => right !== "audit.read"));
		expect(log({ ...actors.client, rights })).toMatchObject([{ verb: "campaign.update" }]);
		expect(log({ ...actors.client, rights, userId: 999 })).toEqual([]);
	});

	it("is also only that for whoever is limited to accounts below the own one, as the trail is", async () => {
		await own(actors.dealer);
		await own(actors.client);
		const limited = { ...actors.dealer, role: "employee" as const, branches: [actors.client.account.path] };
		expect(log(limited)).toMatchObject([{ verb: "campaign.update" }]);
		expect(log({ ...limited, userId: 999 })).toEqual([]);
	});

	it("is paged by key, without a gap or a repeat, also where a busy branch stands between", async () => {
		await inTx((tx) => {
			for (let i = 0; i < 60; i++) writeAudit(tx, actors.dealer, "campaign.update", `campaign:${i}`);
			for (let i = 0; i < 2_100; i++) writeAudit(tx, actors.client, "campaign.update", "campaign:1");
		});
		const subjects: number[] = [];
		let before: number | undefined;
		let pages = 0;
		do {
			const page = readBooks((tx) => listActivity(tx, actors.dealer, before));
			subjects.push(...page.entries.map((entry) => entry.subject.id));
			before = page.nextBefore ?? undefined;
			pages++;
		} while (before !== undefined);
		expect(subjects).toEqual(Array.from({ length: 60 }, (_, i) => 59 - i));
		expect(pages).toBe(3);
	});
});

describe("visits", () => {
	const visit = (of: Actor, by: Actor, endedAtUtc: number | null = null) =>
		inTx((tx) =>
			tx
				.sql(
					`INSERT INTO impersonations (account_id, user_id, behind_user_id, behind_account_id, reason, is_read_only, started_at_utc,
						ends_at_utc, ended_at_utc) VALUES (?, ?, ?, ?, 'asked for', 1, ?, ?, ?)`,
				)
				.run(of.account.id, of.userId, by.userId, by.account.id, Date.now(), Date.now() + 60_000, endedAtUtc),
		);

	it("tell who came into one's own cabinet, as far as one may know it, and nobody else's visits", async () => {
		await visit(actors.client, actors.dealer, 5);
		await visit(actors.client, actors.admin);
		await visit(actors.client2, actors.dealer);
		const { rows } = readBooks((tx) => listVisits(tx, actors.client));
		expect(rows).toMatchObject([
			{ who: { is: "staff" }, isGoingOn: true, isReadOnly: true, reason: "asked for" },
			{ who: { is: "dealer", accountName: "dealer" }, isGoingOn: false, untilUtc: 5 },
		]);
		expect(readBooks((tx) => listVisits(tx, actors.client3)).rows).toEqual([]);
	});
});

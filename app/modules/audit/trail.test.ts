import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "#app/modules/access/actor.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { insertUser } from "#app/modules/accounts/insert-user.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { AUDIT_VERBS, type AuditVerb } from "./audit-verbs.ts";
import { exportTrail } from "./export-trail.server.ts";
import { listTrail } from "./list-trail.server.ts";
import { groupOf, readTrailFilter, type TrailFilter } from "./trail-filter.ts";
import { trailRange } from "./trail-range.server.ts";
import { ENTRIES_SCANNED, walkTrail } from "./walk-trail.server.ts";
import { writeAudit } from "./write-audit.server.ts";

testBooks();
let of: Actors;
beforeEach(async () => {
	of = await makeActors();
	await inTx((tx) => {
		for (const [login, { account, userId }] of Object.entries(of) as [string, Actor][]) {
			const id = insertUser(tx, { accountId: account.id, login, passwordHash: "", name: `Person ${login}` });
			tx.sql("UPDATE users SET id = ? WHERE id = ? AND account_id = ?").run(userId, id, account.id);
		}
	});
});

const did = (actor: Actor, verb: AuditVerb, about?: Actor, reason?: string) =>
	inTx((tx) => {
		const subject = `account:${(about ?? actor).account.id}`;
		writeAudit(tx, actor, verb, subject, reason ? { reason } : undefined, about?.account.path);
	});
const filter = (query = ""): TrailFilter => readTrailFilter(new URLSearchParams(query));
const seen = (actor: Actor, query = "") => {
	const { entries, unknown } = readBooks((tx) => listTrail(tx, actor, filter(query)));
	return unknown ?? entries.map((entry) => entry.verb);
};
const setTime = (verb: string, moment: string) =>
	inTx((tx) => tx.sql("UPDATE audit SET at_utc = ? WHERE verb = ?").run(Date.parse(moment), verb));

it("every verb is in a group, so that none is out of the filter's reach", () => {
	expect(AUDIT_VERBS.filter((verb) => groupOf(verb) === undefined)).toEqual([]);
});

describe("whose trail it is", () => {
	beforeEach(async () => {
		await did(of.admin, "account.create", of.dealer);
		await did(of.dealer, "account.block", of.client);
		await did(of.client, "campaign.create");
		await did(of.client3, "campaign.start");
	});

	it("each reads its own branch, newest first, and nothing beside or above it", () => {
		expect(seen(of.client)).toEqual(["campaign.create", "account.block"]);
		expect(seen(of.dealer)).toEqual(["campaign.create", "account.block", "account.create"]);
		expect(seen(of.dealer2)).toEqual(["campaign.start"]);
		expect(seen(of.client2)).toEqual([]);
		expect(seen(of.admin)).toHaveLength(4);
	});

	it("needs the right, before anything is looked up", async () => {
		const without = { ...of.dealer, rights: new Set<never>() };
		expect(() => seen(without)).toThrow(expect.objectContaining({ status: 403 }));
		await expect(exportTrail(without, filter(), t)).rejects.toMatchObject({ status: 403 });
	});

	it("an employee limited to some accounts reads theirs, each entry once", async () => {
		const branches = [of.client.account.path, of.client2.account.path];
		await did(of.client2, "campaign.pause");
		expect(seen({ ...of.dealer, branches })).toEqual(["campaign.pause", "campaign.create", "account.block"]);
		expect(seen({ ...of.dealer, branches: [] })).toEqual([]);
		expect(seen({ ...of.admin, branches: [of.client.account.path, of.dealer2.account.path] })).toEqual([
			"campaign.start",
			"campaign.create",
			"account.block",
		]);
	});

	it("an account that came from another branch brings nothing of what it did there", async () => {
		const { path } = of.dealer2.account;
		await inTx((tx) =>
			tx.sql("UPDATE accounts SET path = ? || id || '/' WHERE id = ?").run(path, of.client.account.id),
		);
		expect(seen(of.dealer2, `account=${of.client.account.id}`)).toEqual([]);
		expect(seen(of.dealer), "the branch that it left keeps its history").toContain("campaign.create");
	});
});

describe("filters", () => {
	beforeEach(async () => {
		await did(of.dealer, "account.block", of.client);
		await did(of.client, "campaign.create");
		await did({ ...of.client, behindUserId: of.dealer.userId }, "campaign.start");
		await did(of.client2, "sign-in");
		await did(of.client3, "campaign.pause");
	});

	it("by who: a login or an id, also of who was behind", () => {
		expect(seen(of.dealer, "who=DEALER")).toEqual(["campaign.start", "account.block"]);
		expect(seen(of.dealer, `who=${of.client2.userId}`)).toEqual(["sign-in"]);
	});

	it.each([
		["who=client3", "who"],
		["who=admin", "who"],
		["who=nobody", "who"],
		["account=client3", "account"],
		["account=999", "account"],
	])("%s of another branch is unknown, as one that is not there", (query, field) => {
		expect(seen(of.dealer, query)).toBe(field);
	});

	it("by account with its branch, by group of verbs, and by both", () => {
		expect(seen(of.dealer, "account=client")).toEqual(["campaign.start", "campaign.create", "account.block"]);
		expect(seen(of.admin, `account=${of.dealer.account.id}&verb=campaigns`)).toEqual([
			"campaign.start",
			"campaign.create",
		]);
		expect(seen(of.dealer, "verb=access")).toEqual(["sign-in"]);
		expect(seen(of.client, "account=client3"), "a client has no branch to ask about").toHaveLength(3);
	});

	it("by days of the reader's own clock, both included", async () => {
		// Kyiv is two hours ahead: 22:30 UTC is the next day there.
		await setTime("account.block", "2026-11-19T21:59:59Z");
		await setTime("campaign.create", "2026-11-19T22:30:00Z");
		await setTime("campaign.start", "2026-11-20T21:59:59Z");
		await setTime("sign-in", "2026-11-20T22:00:00Z");
		await setTime("campaign.pause", "2026-11-21T22:00:00Z");
		expect(seen(of.dealer, "from=2026-11-20&to=2026-11-20")).toEqual(["campaign.start", "campaign.create"]);
		expect(seen(of.dealer, "from=2026-11-21")).toEqual(["sign-in"]);
		expect(seen(of.dealer, "to=2026-11-19")).toEqual(["account.block"]);
		expect(seen(of.dealer, "from=2027-01-01")).toEqual([]);
		expect(seen(of.dealer, "from=2026-99-99"), "no such day: as if nothing was asked").toHaveLength(4);
	});
});

describe("long trails", () => {
	const many = (actor: Actor, count: number) =>
		inTx((tx) => {
			for (let i = 0; i < count; i++) writeAudit(tx, actor, "sign-in", `user:${actor.userId}`);
		});
	const walkAll = (actor: Actor, query: string) => {
		const ids: number[] = [];
		let steps = 0;
		for (let before: number | null | undefined; before !== null; steps++) {
			const step = readBooks((tx) => listTrail(tx, actor, filter(query), before ?? undefined));
			ids.push(...step.entries.map((entry) => entry.id));
			before = step.nextBefore;
		}
		return { ids, steps };
	};

	it("come in pages of 50, nothing twice and nothing left out, over one scope and several", async () => {
		for (let i = 0; i < 4; i++) {
			await many(of.client, 35);
			await many(of.client2, 10);
		}
		const limited = { ...of.dealer, branches: [of.client.account.path, of.client2.account.path] };
		for (const actor of [of.dealer, limited]) {
			const { ids, steps } = walkAll(actor, "");
			expect(ids).toEqual([...new Set(ids)].sort((a, b) => b - a));
			expect([ids.length, steps]).toEqual([180, 4]);
		}
	});

	it("are looked at piece by piece: a rare entry is found after looking on", async () => {
		await did(of.client, "campaign.halt");
		await many(of.client2, ENTRIES_SCANNED + 1);
		const first = readBooks((tx) => listTrail(tx, of.dealer, filter("verb=campaigns")));
		expect(first.entries).toEqual([]);
		expect(first.nextBefore).not.toBeNull();
		expect(walkAll(of.dealer, "verb=campaigns")).toMatchObject({ ids: [1], steps: 2 });
		const limited = { ...of.dealer, branches: [of.client.account.path, of.client2.account.path] };
		expect(walkAll(limited, "verb=campaigns").ids).toEqual([1]);
	}, 30_000);

	it("are read by their keys alone", () => {
		const range = readBooks((tx) => trailRange(tx, of.dealer, filter("verb=campaigns")));
		if ("unknown" in range) throw new Error("not expected");
		const plans: string[] = [];
		readBooks((tx) => {
			const spy = {
				...tx,
				sql: (text: string) => ({
					get: (...values: unknown[]) => tx.sql(text).get(...values),
					all: (...values: unknown[]) => {
						plans.push(
							...tx
								.sql<{ detail: string }>(`EXPLAIN QUERY PLAN ${text}`)
								.all(...values)
								.map((row) => row.detail),
						);
						return tx.sql(text).all(...values);
					},
				}),
			} as never;
			walkTrail(spy, range, 50);
		});
		expect(plans.some((plan) => plan.startsWith("SEARCH s USING PRIMARY KEY") || plan.includes("SEARCH s "))).toBe(
			true,
		);
		expect(plans.filter((plan) => /^SCAN (s|a|o)\b|TEMP B-TREE/.test(plan))).toEqual([]);
	});
});

/** Says keys instead of words. */
const t = ((key: string | string[], values?: { value?: string }) =>
	values?.value ? `${[key].flat()[0]}=${values.value}` : [key].flat()[0]) as never;

describe("the export", () => {
	const read = async (actor: Actor, query = "", maxRows?: number) => {
		const stream = await exportTrail(actor, filter(query), t, maxRows);
		if ("unknown" in stream) throw new Error(`unknown ${stream.unknown}`);
		return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await new Response(stream).arrayBuffer());
	};

	it("holds what the filter shows, with the moment in UTC and on the reader's clock; no formula; is itself noted", async () => {
		await did(of.dealer, "account.block", of.client, '=HYPERLINK("http://evil.example")');
		await inTx((tx) => tx.sql("UPDATE users SET name = '@SUM(1)' WHERE id = ?").run(of.dealer.userId));
		await setTime("account.block", "2026-11-19T22:30:15.000Z");
		await did(of.client3, "campaign.start");
		const csv = await read(of.dealer);
		expect(csv.startsWith("\uFEFF")).toBe(true);
		const lines = csv.slice(1).trim().split("\r\n");
		// The newest is the note of this export.
		expect(lines).toHaveLength(3);
		expect(lines[1]).toContain("audit.export");
		expect(lines[2]).toContain("2026-11-19T22:30:15.000Z,2026-11-20 00:30,Europe/Kyiv");
		expect(lines[2]).toContain("account.block");
		expect(lines[2]).toContain(",'@SUM(1),");
		expect(lines[2]).not.toMatch(/(^|,)"?[=@]/);
		expect(seen(of.dealer)[0]).toBe("audit.export");
		expect(seen(of.client), "an account below does not read that the dealer took it out").not.toContain("audit.export");
		expect(await read(of.dealer, "verb=campaigns")).not.toContain("account.block");
	});

	it("comes in slices, whole, and says where it was cut", async () => {
		await inTx((tx) => {
			for (let i = 0; i < 1_200; i++) writeAudit(tx, of.client, "sign-in", "user:1");
		});
		expect((await read(of.dealer)).trim().split("\r\n")).toHaveLength(1 + 1_200 + 1);
		const cut = (await read(of.dealer, "verb=access", 700)).trim().split("\r\n");
		expect(cut).toHaveLength(1 + 700 + 1);
		expect(cut.at(-1)).toBe("trail:export.cut");
	});
});

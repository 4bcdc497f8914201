import { beforeEach, describe, expect, it } from "vitest";
import { addPeople, PASSWORD } from "#app/testing/people.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx } from "#db/tx.ts";
import { signIn } from "./sign-in.server.ts";
import { signedInBy } from "./signed-in-by.server.ts";

testBooks();
beforeEach(addPeople);

const signInAs = async (login: string) =>
	(await signIn({ login, password: PASSWORD, address: "192.0.2.1", userAgent: "test" })).token;
const seenWith = (token: string) => signedInBy(new Request("http://host/", { headers: { Cookie: `sid=${token}` } }));
const run = (sql: string, ...values: unknown[]) => inTx((tx) => tx.sql(sql).run(...values).changes);
const MINUTE = 60_000;

/** The session of this user enters an account: what the page of impersonation writes. */
async function enter(
	behindUserId: number,
	accountId: number,
	more: { outerId?: number; isReadOnly?: boolean; endsInMs?: number } = {},
): Promise<number> {
	const now = Date.now();
	return inTx((tx) => {
		const { lastInsertRowid } = tx
			.sql(
				`INSERT INTO impersonations (account_id, user_id, behind_user_id, behind_account_id, outer_id, reason, is_read_only,
					started_at_utc, ends_at_utc) VALUES (?, ?, ?, ?, ?, 'a call', ?, ?, ?)`,
			)
			.run(
				accountId,
				accountId * 10,
				behindUserId,
				behindUserId / 10,
				more.outerId ?? null,
				more.isReadOnly ? 1 : 0,
				now,
				now + (more.endsInMs ?? MINUTE),
			);
		tx.sql("UPDATE sign_in_sessions SET impersonation_id = ? WHERE user_id = ?").run(lastInsertRowid, behindUserId);
		return Number(lastInsertRowid);
	});
}

describe("an employee", () => {
	const employ = async (rights: string, onlyAccountIds: string | null) => {
		await run(
			"INSERT INTO roles (id, account_id, name, rights, only_account_ids, created_at_utc) VALUES (1, 2, 'r', ?, ?, 0)",
			rights,
			onlyAccountIds,
		);
		await run("UPDATE users SET role = 'employee', role_id = 1 WHERE id = 20");
	};

	it("has of its account's rights those that its role names", async () => {
		const token = await signInAs("dealer");
		await employ('["campaigns.read","providers.read"]', null);
		expect([...seenWith(token)!.actor.rights], "a dealer has no providers to give").toEqual(["campaigns.read"]);
		expect(seenWith(token)!.actor.branches).toEqual(["/1/2/"]);
	});

	it("limited to some accounts reaches those of them that are still in the scope, and not its own account", async () => {
		const token = await signInAs("dealer");
		await employ('["campaigns.read"]', "[3, 5]");
		expect(seenWith(token)!.actor.branches, "5 is another dealer's").toEqual(["/1/2/3/"]);
		await run("UPDATE accounts SET path = '/1/4/3/', parent_id = 4 WHERE id = 3");
		expect(seenWith(token)!.actor.branches).toEqual([]);
	});

	it("whose role is gone, or is another account's, may do nothing", async () => {
		const token = await signInAs("dealer");
		await employ('["campaigns.read"]', null);
		await run("UPDATE roles SET account_id = 4 WHERE id = 1");
		expect(seenWith(token)!.actor.rights.size).toBe(0);
	});

	it("who has been blocked is signed out", async () => {
		const token = await signInAs("dealer");
		await run("UPDATE users SET state = 'blocked' WHERE id = 20");
		expect(seenWith(token)).toBeUndefined();
	});
});

describe("whoever is inside another cabinet", () => {
	it("acts as its owner, with the own name behind", async () => {
		const token = await signInAs("dealer");
		await enter(20, 3);
		const seen = seenWith(token)!;
		expect(seen.actor).toMatchObject({
			userId: 30,
			behindUserId: 20,
			role: "owner",
			account: { id: 3 },
			branches: ["/1/2/3/"],
		});
		expect(seen.user).toMatchObject({ userId: 20, accountId: 2 });
	});

	it("nests, and each level ends with the one outside of it", async () => {
		const token = await signInAs("admin");
		const outer = await enter(10, 2, { endsInMs: MINUTE });
		await enter(10, 3, { outerId: outer, isReadOnly: true });
		expect(seenWith(token)!.actor.account.id).toBe(3);
		expect(seenWith(token)!.inside!.isReadOnly).toBe(true);
		await run("UPDATE impersonations SET ended_at_utc = 1 WHERE id = ?", outer);
		expect(seenWith(token)!.actor.account.id).toBe(1);
		expect(seenWith(token)!.inside).toBeNull();
	});

	it("falls back one level when the inner one is over", async () => {
		const token = await signInAs("admin");
		const outer = await enter(10, 2);
		await enter(10, 3, { outerId: outer, endsInMs: -1 });
		expect(seenWith(token)!.actor.account.id).toBe(2);
	});

	it("is outside at once when the account is moved out of the scope", async () => {
		const token = await signInAs("dealer");
		await enter(20, 3);
		await run("UPDATE accounts SET path = '/1/4/3/', parent_id = 4 WHERE id = 3");
		expect(seenWith(token)!.actor.account.id).toBe(2);
	});

	it("cannot be there by somebody else's impersonation, nor in another dealer's account, nor in its own", async () => {
		const token = await signInAs("dealer2");
		const dealers = await enter(20, 3);
		await run("UPDATE sign_in_sessions SET impersonation_id = ? WHERE user_id = 40", dealers);
		expect(seenWith(token)!.actor.account.id).toBe(4);
		await enter(40, 3);
		expect(seenWith(token)!.actor.account.id).toBe(4);
		await enter(40, 4);
		expect(seenWith(token)!.inside).toBeNull();
	});

	it("only looks while the account is blocked", async () => {
		const token = await signInAs("dealer");
		await enter(20, 3);
		expect(seenWith(token)!.inside!.isReadOnly).toBe(false);
		await run("UPDATE accounts SET state = 'blocked' WHERE id = 3");
		expect(seenWith(token)!.inside!.isReadOnly).toBe(true);
	});

	it("is signed out when the own account is blocked", async () => {
		const token = await signInAs("dealer");
		await enter(20, 3);
		await run("UPDATE accounts SET state = 'blocked' WHERE id = 2");
		expect(seenWith(token)).toBeUndefined();
	});
});

describe("a block", () => {
	it("with an end is over at that moment, whether or not anybody wrote it down", async () => {
		const token = await signInAs("client");
		await run("UPDATE accounts SET state = 'blocked', blocked_until_utc = ? WHERE id = 2", Date.now() + MINUTE);
		expect(seenWith(token)).toBeUndefined();
		await run("UPDATE accounts SET blocked_until_utc = ? WHERE id = 2", Date.now() - 1);
		expect(seenWith(token)?.actor.account.id).toBe(3);
	});
});

it("a session that waits for its second factor opens nothing", async () => {
	const token = await signInAs("client");
	await run("UPDATE sign_in_sessions SET is_pending = 1 WHERE user_id = 30");
	expect(seenWith(token)).toBeUndefined();
});

it("who must set up a second factor is known, from any account above", async () => {
	const token = await signInAs("client");
	expect(seenWith(token)!.mustSetUpSecondFactor).toBe(false);
	await run("UPDATE accounts SET demands_second_factor = 1 WHERE id = 2");
	expect(seenWith(token)!.mustSetUpSecondFactor).toBe(true);
});

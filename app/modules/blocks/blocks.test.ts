import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Actor } from "#app/modules/access/actor.ts";
import { branchStanding } from "#app/modules/access/branch-standing.server.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { wasBlockedAt } from "#app/modules/access/was-blocked-at.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { blockAccount } from "./block-account.server.ts";
import { endBlock } from "./end-block.server.ts";
import { unblockAccount } from "./unblock-account.server.ts";

testBooks();

const HOUR_MS = 3_600_000;
let on: Actors;
beforeEach(async () => {
	on = await makeActors();
});
afterEach(() => void vi.useRealTimers());

interface Row {
	state: string;
	version: number;
	block_reason: string | null;
	blocked_until_utc: number | null;
	blocked_by_account_id: number | null;
	unblocked_at_utc: number | null;
}
const row = (of: Actor) => readBooks((tx) => tx.sql<Row>("SELECT * FROM accounts WHERE id = ?").get(of.account.id))!;
const isActive = (of: Actor) => readBooks((tx) => branchStanding(tx, of.account.path).isActive);
const audit = (of: Actor) =>
	readBooks((tx) =>
		tx
			.sql<{ verb: string; userId: number | null }>(
				`SELECT e.verb, e.user_id AS userId FROM audit e JOIN audit_scopes s ON s.audit_id = e.id
				WHERE s.account_id = ? ORDER BY e.id`,
			)
			.all(of.account.id),
	);
const outbox = () =>
	readBooks((tx) =>
		tx.sql<{ task: string; runAtUtc: number | null }>("SELECT task, run_at_utc AS runAtUtc FROM outbox").all(),
	);
const block = (by: Actor, of: Actor, untilUtc: number | null = null, reason = "Unpaid") =>
	blockAccount(by, of.account.id, row(of).version, { reason, untilUtc });
const unblock = (by: Actor, of: Actor) => unblockAccount(by, of.account.id, row(of).version);

describe("a block", () => {
	it("stops the account and its branch and nobody else, until it is lifted; both are in the audit of all concerned", async () => {
		await block(on.admin, on.dealer);
		expect([on.dealer, on.client, on.client2].map(isActive)).toEqual([false, false, false]);
		expect([on.dealer2, on.client3, on.admin].map(isActive)).toEqual([true, true, true]);
		expect(row(on.dealer)).toMatchObject({ state: "blocked", block_reason: "Unpaid", version: 2 });
		expect(row(on.client).version).toBe(1);
		await unblock(on.admin, on.dealer);
		expect([on.dealer, on.client].map(isActive)).toEqual([true, true]);
		expect(row(on.dealer)).toMatchObject({
			state: "active",
			block_reason: null,
			blocked_by_account_id: null,
			version: 3,
		});
		const entries = ["account.block", "account.unblock"].map((verb) => ({ verb, userId: on.admin.userId }));
		expect(audit(on.dealer)).toEqual(entries);
		expect(audit(on.admin)).toEqual(entries);
		expect(audit(on.dealer2)).toEqual([]);
	});

	it("is refused for the own account, outside of the scope and without the right, and nothing is written", async () => {
		const notFound = { name: "AccountNotFoundError" };
		await expect(block(on.dealer, on.dealer)).rejects.toMatchObject(notFound);
		await expect(block(on.dealer, on.client3)).rejects.toMatchObject(notFound);
		await expect(block(on.dealer, on.admin)).rejects.toMatchObject(notFound);
		await expect(blockAccount(on.dealer, 999, 1, { reason: "x", untilUtc: null })).rejects.toMatchObject(notFound);
		// Lack of a right is told before anything is looked up: the same for an account that does not exist.
		const clerk: Actor = { ...on.dealer, role: "employee", rights: new Set(["accounts.read", "accounts.delete"]) };
		for (const id of [on.client.account.id, 999])
			await expect(blockAccount(clerk, id, 1, { reason: "x", untilUtc: null })).rejects.toMatchObject({ status: 403 });
		await block(on.admin, on.client3);
		await expect(unblock(clerk, on.client3)).rejects.toMatchObject({ status: 403 });
		await expect(unblock(on.dealer, on.client3)).rejects.toMatchObject(notFound);
		expect([on.dealer, on.client, on.client3].map((one) => row(one).state)).toEqual(["active", "active", "blocked"]);
	});

	it("of a limited employee reaches the accounts of its role only", async () => {
		const limited: Actor = { ...on.dealer, role: "employee", branches: [on.client.account.path] };
		await block(limited, on.client);
		await expect(block(limited, on.client2)).rejects.toMatchObject({ name: "AccountNotFoundError" });
		expect([row(on.client).state, row(on.client2).state]).toEqual(["blocked", "active"]);
	});

	it("by two at once: the second is told, and changes nothing", async () => {
		const { version } = row(on.client);
		const both = await Promise.allSettled([
			blockAccount(on.dealer, on.client.account.id, version, { reason: "first", untilUtc: null }),
			blockAccount(on.admin, on.client.account.id, version, { reason: "second", untilUtc: null }),
		]);
		expect(both.map((one) => one.status)).toEqual(["fulfilled", "rejected"]);
		expect((both[1] as PromiseRejectedResult).reason).toMatchObject({ name: "StaleAccountError", version: 2 });
		expect(row(on.client)).toMatchObject({ block_reason: "first", version: 2 });
	});

	it("is refused for a closed account", async () => {
		await inTx((tx) => void tx.sql("UPDATE accounts SET state = 'closed' WHERE id = ?").run(on.client.account.id));
		await expect(block(on.dealer, on.client)).rejects.toMatchObject({ name: "AccountStateError", state: "closed" });
		await expect(unblock(on.dealer, on.client)).rejects.toMatchObject({ name: "AccountStateError", state: "closed" });
		expect(row(on.client).state).toBe("closed");
	});
});

describe("whose block it is", () => {
	it("one set by the admin is neither lifted nor changed by the dealer below", async () => {
		await block(on.admin, on.client, null, "Fraud");
		await expect(unblock(on.dealer, on.client)).rejects.toMatchObject({ name: "BlockFromAboveError" });
		await expect(block(on.dealer, on.client, Date.now() + HOUR_MS)).rejects.toMatchObject({
			name: "BlockFromAboveError",
		});
		expect(row(on.client)).toMatchObject({ state: "blocked", block_reason: "Fraud", blocked_until_utc: null });
		await unblock(on.admin, on.client);
		expect(isActive(on.client)).toBe(true);
	});

	it("one set by the dealer is changed by the admin, and is the admin's from then on", async () => {
		await block(on.dealer, on.client);
		await block(on.admin, on.client, null, "Fraud");
		expect(row(on.client)).toMatchObject({ block_reason: "Fraud", blocked_by_account_id: on.admin.account.id });
		await expect(unblock(on.dealer, on.client)).rejects.toMatchObject({ name: "BlockFromAboveError" });
	});

	it("one set by a dealer that the account has left since is the new dealer's to lift", async () => {
		await block(on.dealer, on.client);
		const path = `${on.dealer2.account.path}${on.client.account.id}/`;
		await inTx((tx) => void tx.sql("UPDATE accounts SET path = ? WHERE id = ?").run(path, on.client.account.id));
		await expect(unblock(on.dealer, on.client)).rejects.toMatchObject({ name: "AccountNotFoundError" });
		await unblock(on.dealer2, on.client);
		expect(row(on.client).state).toBe("active");
	});
});

describe("a block for a time", () => {
	it("ends by itself at its moment, and the job writes that down once, as the system", async () => {
		const untilUtc = Date.now() + HOUR_MS;
		await block(on.dealer, on.client, untilUtc);
		expect(outbox()).toContainEqual({ task: "end-block", runAtUtc: untilUtc });
		await endBlock(on.client.account.id);
		expect(row(on.client).state).toBe("blocked");
		vi.useFakeTimers({ toFake: ["Date"], now: untilUtc - 1 });
		expect(isActive(on.client)).toBe(false);
		vi.setSystemTime(untilUtc);
		expect(isActive(on.client)).toBe(true);
		await endBlock(on.client.account.id);
		await endBlock(on.client.account.id);
		expect(row(on.client)).toMatchObject({ state: "active", unblocked_at_utc: untilUtc, version: 3 });
		expect(audit(on.client)).toEqual([
			{ verb: "account.block", userId: on.dealer.userId },
			{ verb: "account.unblock", userId: null },
		]);
	});

	it.each([
		["prolonged", 2 * HOUR_MS],
		["made endless", null],
	])("that was %s is not undone by the job of its earlier end", async (_, after) => {
		const now = Date.now();
		await block(on.dealer, on.client, now + HOUR_MS);
		await block(on.dealer, on.client, after === null ? null : now + after);
		vi.useFakeTimers({ toFake: ["Date"], now: now + HOUR_MS + 1 });
		await endBlock(on.client.account.id);
		expect(row(on.client).state).toBe("blocked");
		expect(isActive(on.client)).toBe(false);
	});

	it("that was shortened ends at its new moment", async () => {
		const now = Date.now();
		await block(on.dealer, on.client, now + 2 * HOUR_MS);
		await block(on.dealer, on.client, now + HOUR_MS);
		expect(outbox()).toContainEqual({ task: "end-block", runAtUtc: now + HOUR_MS });
		vi.useFakeTimers({ toFake: ["Date"], now: now + HOUR_MS });
		await endBlock(on.client.account.id);
		expect(row(on.client).state).toBe("active");
	});

	it("that was lifted and set anew is not undone by the job of the first", async () => {
		const now = Date.now();
		await block(on.dealer, on.client, now + HOUR_MS);
		await unblock(on.dealer, on.client);
		await block(on.dealer, on.client, now + 3 * HOUR_MS);
		vi.useFakeTimers({ toFake: ["Date"], now: now + HOUR_MS + 1 });
		await endBlock(on.client.account.id);
		expect(row(on.client).state).toBe("blocked");
	});
});

it("which moments lay within a block is known of the account and of those above, while it lasts and after", async () => {
	const start = 1_800_000_000_000;
	const at = (ms: number) => vi.setSystemTime(start + ms);
	const was = (of: Actor, ms: number) => readBooks((tx) => wasBlockedAt(tx, of.account.path, start + ms));
	vi.useFakeTimers({ toFake: ["Date"], now: start });
	await block(on.admin, on.dealer, start + HOUR_MS);
	expect([-1, 0, HOUR_MS - 1, HOUR_MS].map((ms) => was(on.client, ms))).toEqual([false, true, true, false]);
	at(1_000);
	await unblock(on.admin, on.dealer);
	expect([-1, 0, 999, 1_000].map((ms) => was(on.client, ms))).toEqual([false, true, true, false]);
	at(5_000);
	await block(on.dealer, on.client);
	at(6_000);
	// Changed, not begun anew.
	await block(on.dealer, on.client, null, "Other words");
	expect([4_999, 5_000, 9 * HOUR_MS].map((ms) => was(on.client, ms))).toEqual([false, true, true]);
	expect([0, 5_000, 9 * HOUR_MS].map((ms) => was(on.client3, ms))).toEqual([false, false, false]);
});

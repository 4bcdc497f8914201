import { expect, it } from "vitest";
import { AttachRefusedError } from "#app/modules/accounts/attach.errors.ts";
import { attachAccount } from "#app/modules/accounts/attach-account.server.ts";
import { DEPTH_MAX } from "#app/modules/accounts/insert-account.server.ts";
import fc from "#app/testing/fc.ts";
import { insertTree, planTree } from "#db/seed/random-tree.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import type { Actor } from "./actor.ts";
import { branchStanding } from "./branch-standing.server.ts";
import { ALL_RIGHTS, isSubset, RIGHTS, type Right, rightsAlong } from "./rights.ts";
import { IN_SCOPE, isInScope, scopeOf } from "./scope.ts";
import { signedInWith } from "./signed-in-by.server.ts";
import { NaiveTree } from "./testing/naive-tree.ts";

testBooks("file");

const ACCOUNTS = 5_000;
const admin: Actor = {
	userId: 10,
	behindUserId: null,
	role: "owner",
	account: { id: 1, kind: "admin", path: "/1/", name: "r", timeZone: "UTC", country: "UA", locale: "en" },
	rights: rightsAlong([{ kind: "admin", grants: null }]),
	branches: ["/1/"],
};

const anyId = fc.integer({ min: 2, max: ACCOUNTS });
const someRights = fc.subarray([...RIGHTS], { minLength: 8 });
type Deed =
	| { deed: "move"; id: number; to: number }
	| { deed: "raise" | "lower" | "unblock" | "close"; id: number }
	| { deed: "block"; id: number; endedAgo: number | null }
	| { deed: "grant"; id: number; rights: Right[] | null };
const deed: fc.Arbitrary<Deed> = fc.oneof(
	{
		weight: 8,
		arbitrary: fc.record({ deed: fc.constant("move" as const), id: anyId, to: fc.integer({ min: 1, max: ACCOUNTS }) }),
	},
	{ weight: 4, arbitrary: fc.record({ deed: fc.constantFrom("raise", "lower", "unblock", "close"), id: anyId }) },
	{
		weight: 2,
		arbitrary: fc.record({
			deed: fc.constant("block" as const),
			id: anyId,
			endedAgo: fc.option(fc.constantFrom(-1, 1)),
		}),
	},
	{
		weight: 3,
		arbitrary: fc.record({ deed: fc.constant("grant" as const), id: anyId, rights: fc.option(someRights) }),
	},
) as fc.Arbitrary<Deed>;

interface Person {
	accountId: number;
	/** Of an employee. */
	role?: { rights: Right[]; onlyAccountIds: number[] | null };
	/** Cabinets entered, from the outermost to the innermost. */
	inside: number[];
}

it("scope, standing and rights by the code are those by walking from parent to parent, and no right widens downwards", async () => {
	const seed = process.env.TREE_SEED ? { seed: Number(process.env.TREE_SEED) } : {};
	await fc.assert(
		fc.asyncProperty(
			fc.integer(),
			fc.array(deed, { minLength: 120, maxLength: 200 }),
			fc.infiniteStream(fc.nat()),
			async (treeSeed, deeds, numbers) => {
				const nodes = planTree(ACCOUNTS, treeSeed);
				const naive = new NaiveTree(nodes);
				await emptyBooks();
				await insertTree(nodes, treeSeed, { allActive: true });
				// Moves among the deep and the wide, not only among leaves: half of them take a dealer.
				const dealers = nodes.filter((node) => node.kind === "dealer" && node.id > 1).map((node) => node.id);
				for (const [i, one] of deeds.entries()) {
					const pick = (id: number) => (i % 2 === 0 ? dealers[id % dealers.length]! : id);
					await does(
						naive,
						one.deed === "move" ? { ...one, id: pick(one.id), to: dealers[one.to % dealers.length]! } : one,
					);
				}
				checkRows(naive);
				const next = () => numbers.next().value!;
				checkStanding(
					naive,
					Array.from({ length: 400 }, () => 1 + (next() % ACCOUNTS)),
				);
				const people = Array.from({ length: 40 }, () => makePerson(naive, dealers, next));
				await signIn(people);
				for (const [i, person] of people.entries()) checkPerson(naive, person, `session-${i}`);
			},
		),
		{ numRuns: 3, endOnFailure: true, ...seed },
	);
}, 120_000);

async function emptyBooks(): Promise<void> {
	await inTx((tx) => {
		for (const table of [
			"accounts",
			"account_stays",
			"audit",
			"audit_scopes",
			"outbox",
			"users",
			"roles",
			"impersonations",
			"sign_in_sessions",
		])
			tx.sql(`DELETE FROM ${table}`).run();
		tx.sql("INSERT INTO account_search (account_search) VALUES ('delete-all')").run();
	});
}

async function does(naive: NaiveTree, one: Deed): Promise<void> {
	const account = naive.accounts.get(one.id)!;
	if (one.deed === "move") return moves(naive, one.id, one.to);
	if (one.deed === "raise" && account.kind === "client") account.kind = "dealer";
	if (one.deed === "lower" && account.kind === "dealer" && !naive.hasChildren(one.id)) account.kind = "client";
	if (one.deed === "block") account.state = "blocked";
	if (one.deed === "unblock") account.state = "active";
	if (one.deed === "close" && !naive.hasChildren(one.id)) account.state = "closed";
	account.blockedUntilUtc =
		one.deed === "block" && one.endedAgo !== null ? Date.now() - one.endedAgo * 3_600_000 : null;
	if (one.deed === "grant") account.grants = one.rights;
	const { kind, state, blockedUntilUtc, grants } = account;
	await inTx((tx) =>
		tx
			.sql("UPDATE accounts SET kind = ?, state = ?, blocked_until_utc = ?, grants = ? WHERE id = ?")
			.run(kind, state, blockedUntilUtc, grants && JSON.stringify(grants), one.id),
	);
}

async function moves(naive: NaiveTree, id: number, to: number): Promise<void> {
	const may = naive.mayAttach(id, to, DEPTH_MAX);
	const version = readBooks((tx) => tx.sql("SELECT version FROM accounts WHERE id = ?").pluck().get(id)) as number;
	const refusal = await attachAccount(admin, id, { target: String(to), version }).catch((error) => error);
	expect(refusal instanceof AttachRefusedError, `${id} below ${to}: ${refusal}`).toBe(!may);
	if (may) naive.accounts.get(id)!.parentId = to;
}

function checkRows(naive: NaiveTree): void {
	const sizes = new Map<number, number>();
	for (const id of naive.accounts.keys())
		for (const above of naive.chain(id)) sizes.set(above.id, (sizes.get(above.id) ?? 0) + 1);
	const rows = readBooks((tx) =>
		tx.sql<{ id: number; path: string; size: number }>("SELECT id, path, branch_size AS size FROM accounts").all(),
	);
	expect(rows.map(({ id, path, size }) => `${id} ${path} ${size}`)).toEqual(
		rows.map(({ id }) => `${id} ${naive.path(id)} ${sizes.get(id)}`),
	);
}

function checkStanding(naive: NaiveTree, ids: number[]): void {
	for (const id of ids) {
		const now = Date.now();
		const standing = readBooks((tx) => branchStanding(tx, naive.path(id), now));
		expect(standing.isActive, `account ${id}`).toBe(naive.isActive(id, now));
		expect([...standing.rights], `account ${id}`).toEqual(naive.rights(id));
		const { parentId } = naive.accounts.get(id)!;
		const above = parentId === null ? ALL_RIGHTS : readBooks((tx) => branchStanding(tx, naive.path(parentId))).rights;
		expect(isSubset(standing.rights, above), `account ${id} has no more than ${parentId}`).toBe(true);
	}
}

function makePerson(naive: NaiveTree, dealers: number[], next: () => number): Person {
	const accountId = next() % 3 === 0 ? 1 : dealers[next() % dealers.length]!;
	const below = naive.branch(accountId).filter((id) => id !== accountId);
	const inside: number[] = [];
	if (next() % 2 === 0) {
		// Somewhere else in the tree now and then: an impersonation must not outlive a move.
		if (below.length > 0) inside.push(next() % 4 === 0 ? 1 + (next() % ACCOUNTS) : below[next() % below.length]!);
		const deeper = inside[0] ? naive.branch(inside[0]).filter((id) => id !== inside[0]) : [];
		if (deeper.length > 0 && next() % 2 === 0) inside.push(deeper[next() % deeper.length]!);
		return { accountId, inside };
	}
	const only = Array.from({ length: 1 + (next() % 4) }, () =>
		below.length > 0 && next() % 4 ? below[next() % below.length]! : 1 + (next() % ACCOUNTS),
	);
	const rights = RIGHTS.filter(() => next() % 2 === 0);
	return { accountId, inside, role: { rights, onlyAccountIds: next() % 3 ? only : null } };
}

async function signIn(people: Person[]): Promise<void> {
	await inTx((tx) => {
		for (const [i, { accountId, role, inside }] of people.entries()) {
			const userId = 1_000 + i;
			if (role)
				tx.sql(
					"INSERT INTO roles (id, account_id, name, rights, only_account_ids, created_at_utc) VALUES (?, ?, ?, ?, ?, 0)",
				).run(
					userId,
					accountId,
					`role ${i}`,
					JSON.stringify(role.rights),
					role.onlyAccountIds && JSON.stringify(role.onlyAccountIds),
				);
			tx.sql(
				`INSERT INTO users (id, account_id, login, login_skeleton, password_hash, role, role_id, name, created_at_utc)
				VALUES (?, ?, ?, ?, '', ?, ?, '', 0)`,
			).run(userId, accountId, `u${i}`, `u${i}`, role ? "employee" : "owner", role ? userId : null);
			let outerId: number | null = null;
			for (const entered of inside)
				outerId = Number(
					tx
						.sql(
							`INSERT INTO impersonations (account_id, user_id, behind_user_id, behind_account_id, outer_id, reason, is_read_only,
								started_at_utc, ends_at_utc)
							VALUES (?, 1, ?, ?, ?, 'r', 0, 0, ?)`,
						)
						.run(entered, userId, accountId, outerId, Date.now() + 3_600_000).lastInsertRowid,
				);
			tx.sql(
				`INSERT INTO sign_in_sessions (token_hash, account_id, user_id, created_at_utc, expires_at_utc, address, user_agent,
					impersonation_id)
				VALUES (?, ?, ?, ?, ?, '', '', ?)`,
			).run(`session-${i}`, accountId, userId, Date.now(), Date.now() + 3_600_000, outerId);
		}
	});
}

function checkPerson(naive: NaiveTree, { accountId, role, inside }: Person, token: string): void {
	const found = readBooks((tx) => signedInWith(tx, token));
	expect(found !== undefined, `a session of ${accountId}`).toBe(naive.isActive(accountId, Date.now()));
	if (!found) return;
	// Each cabinet must lie below the one outside of it; the first that does not ends the way.
	const way = [accountId];
	for (const id of inside) {
		const isBelow = id !== way.at(-1) && naive.chain(id).some((above) => above.id === way.at(-1));
		if (!isBelow || naive.chain(id).some((above) => above.state === "closed")) break;
		way.push(id);
	}
	const { actor } = found;
	expect(actor.account.id).toBe(way.at(-1));
	const ofAccount = new Set(naive.rights(actor.account.id));
	expect(isSubset(actor.rights, ofAccount), "no more than the account").toBe(true);
	if (role) expect(isSubset(actor.rights, new Set(role.rights)), "no more than the role").toBe(true);
	else expect([...actor.rights]).toEqual([...ofAccount]);
	expect(isSubset(actor.rights, new Set(naive.rights(accountId))), "no more than whoever entered").toBe(true);
	const tops = role?.onlyAccountIds ?? way.slice(-1);
	const own = new Set(naive.branch(actor.account.id));
	const scope = [...own].filter((id) => naive.chain(id).some((above) => tops.includes(above.id) && own.has(above.id)));
	const inSql = readBooks((tx) =>
		tx
			.sql(`SELECT a.id FROM accounts a WHERE ${IN_SCOPE} ORDER BY a.id`)
			.pluck()
			.all({ scope: scopeOf(actor) }),
	);
	expect(inSql).toEqual(scope.sort((a, b) => a - b));
	for (const id of [accountId, ...inside, ...tops]) expect(isInScope(actor, naive.path(id))).toBe(scope.includes(id));
}

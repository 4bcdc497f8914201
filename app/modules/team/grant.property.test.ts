import { expect, it } from "vitest";
import type { Actor } from "#app/modules/access/actor.ts";
import { isSubset, RIGHTS, type Right } from "#app/modules/access/rights.ts";
import { signedInWith } from "#app/modules/access/signed-in-by.server.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { insertUser } from "#app/modules/accounts/insert-user.server.ts";
import fc from "#app/testing/fc.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { createRole } from "./create-role.server.ts";
import { updateEmployee } from "./update-employee.server.ts";
import { updateRole } from "./update-role.server.ts";

testBooks();

/** What a role is made of: rights, and the accounts that it is limited to, by their owners' logins. */
const LOGINS = ["dealer", "client", "client2"];
const rights = fc.subarray([...RIGHTS]);
const only = fc.option(fc.subarray(LOGINS, { minLength: 1 }), { nil: null });
const reach = fc.record({ rights, only });
type Reach = { rights: Right[]; only: string[] | null };

const manages: Right[] = ["employees.create", "employees.read", "employees.update"];

let made = 0;

/** A person of the account with a session, and the actor that the session makes of it. */
async function person(accountId: number, roleId: number | null): Promise<{ id: number; actor: () => Actor }> {
	const name = `person${++made}`;
	const id = await inTx((tx) => {
		const userId = insertUser(tx, { accountId, login: name, passwordHash: "x", name, roleId: roleId ?? 0 });
		tx.sql("UPDATE users SET role_id = ? WHERE id = ?").run(roleId, userId);
		tx.sql(
			`INSERT INTO sign_in_sessions (token_hash, account_id, user_id, created_at_utc, expires_at_utc, address, user_agent)
			VALUES (?, ?, ?, ?, ?, '', '')`,
		).run(name, accountId, userId, Date.now(), Number.MAX_SAFE_INTEGER);
		return userId;
	});
	return { id, actor: () => readBooks((tx) => signedInWith(tx, name))!.actor };
}

async function grantToAccount(accountId: number, granted: Right[] | null): Promise<void> {
	const grants = granted && JSON.stringify(granted);
	await inTx((tx) => tx.sql("UPDATE accounts SET grants = ? WHERE id = ?").run(grants, accountId));
}

const input = (name: string, { rights: some, only: accounts }: Reach) => ({
	name,
	rights: new Set(some),
	only: accounts,
});
const roleOf = (owner: Actor, of: Reach) => createRole(owner, input(`role${++made}`, of));
/** What is refused is no harm. */
const tried = <T>(deed: Promise<T>): Promise<T | undefined> => deed.catch(() => undefined);

function expectWithin(inner: Actor, outer: Actor): void {
	expect(isSubset(inner.rights, outer.rights), `${[...inner.rights]} within ${[...outer.rights]}`).toBe(true);
	for (const branch of inner.branches)
		expect(
			outer.branches.some((one) => branch.startsWith(one)),
			`${branch} within ${outer.branches}`,
		).toBe(true);
}

it("nothing that an employee grants is ever more than its own, whatever the account has lost or gets back", async () => {
	const actors: Actors = await makeActors();
	const owner = actors.dealer;
	const { id: accountId } = owner.account;
	let granted = 0;
	const deeds = fc.array(fc.record({ deed: fc.constantFrom("make", "change", "give"), reach, pick: fc.nat(9) }), {
		minLength: 3,
		maxLength: 8,
	});
	await fc.assert(
		fc.asyncProperty(
			reach,
			fc.option(rights, { nil: null }),
			fc.array(reach, { maxLength: 3 }),
			deeds,
			async (...all) => {
				const [own, left, others, steps] = all;
				await grantToAccount(accountId, null);
				await inTx((tx) => tx.sql("DELETE FROM roles WHERE account_id = ?").run(accountId));
				await inTx((tx) => tx.sql("DELETE FROM users WHERE account_id = ?").run(accountId));
				const ownRole = await roleOf(owner, {
					...own,
					rights: [...own.rights, ...manages].filter((r) => owner.rights.has(r)),
				});
				const granter = await person(accountId, ownRole);
				const roles: number[] = [ownRole];
				for (const other of others)
					roles.push(await roleOf(owner, { ...other, rights: other.rights.filter((r) => owner.rights.has(r)) }));
				await grantToAccount(accountId, left && [...left, ...manages]);
				const before = new Map<number, string>();
				const rowOf = (id: number) =>
					JSON.stringify(readBooks((tx) => tx.sql("SELECT * FROM roles WHERE id = ?").get(id)));
				for (const id of roles) before.set(id, rowOf(id));
				const grantees: Awaited<ReturnType<typeof person>>[] = [];
				for (const step of steps) {
					const roleId = roles[step.pick % roles.length]!;
					const as = granter.actor();
					if (step.deed === "make") {
						const id = await tried(roleOf(as, step.reach));
						if (id !== undefined) roles.push(id);
					} else if (step.deed === "change") {
						const version = readBooks((tx) =>
							tx.sql<{ version: number }>("SELECT version FROM roles WHERE id = ?").get(roleId),
						)!;
						await tried(updateRole(as, roleId, version.version, input(`role${++made}`, step.reach)));
					} else {
						const someone = await person(accountId, null);
						const facts = { name: "A", email: "", phone: "", roleId };
						const isGiven = await tried(updateEmployee(as, someone.id, 1, facts).then(() => true));
						if (isGiven) grantees.push(someone);
					}
				}
				expect(rowOf(ownRole), "its own role stays as it was").toBe(before.get(ownRole));
				// What was given counts with the account as it is, and with everything given back to it.
				for (const grants of [left && [...left, ...manages], null]) {
					await grantToAccount(accountId, grants);
					for (const grantee of grantees) {
						const actor = grantee.actor();
						if (actor.rights.size > 0) granted++;
						expectWithin(actor, granter.actor());
					}
				}
			},
		),
		{ numRuns: 60 },
	);
	expect(granted, "grants that were let through").toBeGreaterThan(10);
}, 60_000);

import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "#app/modules/access/actor.ts";
import { TRIES_BY_LOGIN } from "#app/modules/access/count-try.server.ts";
import { PasswordFlawError } from "#app/modules/access/password.errors.ts";
import { RIGHTS, type Right } from "#app/modules/access/rights.ts";
import { hashSessionToken } from "#app/modules/access/session-token.server.ts";
import { signIn } from "#app/modules/access/sign-in.server.ts";
import { signedInWith } from "#app/modules/access/signed-in-by.server.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { LoginTakenError } from "#app/modules/accounts/insert-user.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { blockEmployee } from "./block-employee.server.ts";
import { createEmployee } from "./create-employee.server.ts";
import { createRole } from "./create-role.server.ts";
import { deleteRole } from "./delete-role.server.ts";
import { getEmployeePage } from "./get-employee-page.server.ts";
import { getRolePage } from "./get-role-page.server.ts";
import { listEmployees } from "./list-employees.server.ts";
import { listRoles } from "./list-roles.server.ts";
import { removeEmployee } from "./remove-employee.server.ts";
import { setEmployeePassword } from "./set-employee-password.server.ts";
import {
	AccountsUnknownError,
	EmployeeNotFoundError,
	ExceedsGranterError,
	RoleInUseError,
	RoleNameTakenError,
	RoleNotFoundError,
	StaleTeamError,
} from "./team.errors.ts";
import { unblockEmployee } from "./unblock-employee.server.ts";
import { updateEmployee } from "./update-employee.server.ts";
import { updateRole } from "./update-role.server.ts";

testBooks();

const PASSWORD = "quiet-lantern-over-47-rivers";
let actors: Actors;
beforeEach(async () => {
	actors = await makeActors();
});

const role = (actor: Actor, name: string, rights: Right[], only: string[] | null = null) =>
	createRole(actor, { name, rights: new Set(rights), only });
const employee = (actor: Actor, login: string, roleId: number) =>
	createEmployee(actor, { login, name: login, email: "", phone: "", roleId, password: PASSWORD });
const versionOf = (actor: Actor, userId: number) => readBooks((tx) => getEmployeePage(tx, actor, userId).version);

/** Signs in for real and takes what the session makes of it. */
async function actorOf(login: string): Promise<Actor> {
	const { token } = await signIn({ login, password: PASSWORD, address: "127.0.0.1", userAgent: "test" });
	return readBooks((tx) => signedInWith(tx, hashSessionToken(token)))!.actor;
}

async function statusOf(deed: Promise<unknown>): Promise<number | undefined> {
	return deed.then(
		() => undefined,
		(error) => (error instanceof Response ? error.status : Promise.reject(error)),
	);
}

describe("an employee", () => {
	it("has of its account's rights those of its role, and keeps no right that the account loses", async () => {
		const { dealer } = actors;
		await employee(dealer, "anna", await role(dealer, "Support", ["campaigns.read", "accounts.read"]));
		expect([...(await actorOf("anna")).rights]).toEqual(["campaigns.read", "accounts.read"]);
		const grants = JSON.stringify(RIGHTS.filter((right) => right !== "accounts.read"));
		await inTx((tx) => tx.sql("UPDATE accounts SET grants = ? WHERE id = ?").run(grants, dealer.account.id));
		expect([...(await actorOf("anna")).rights]).toEqual(["campaigns.read"]);
	});

	it("limited to some accounts reaches those alone, and sends nothing itself", async () => {
		const { dealer, client } = actors;
		const rights: Right[] = ["campaigns.create", "campaigns.read", "accounts.read"];
		await employee(dealer, "anna", await role(dealer, "One client", rights, ["client"]));
		const anna = await actorOf("anna");
		expect(anna.branches).toEqual([client.account.path]);
		expect([...anna.rights]).toEqual(["campaigns.read", "accounts.read"]);
	});

	it("is found by its own account alone", async () => {
		const { dealer, dealer2, admin, client } = actors;
		const roleId = await role(dealer, "Support", ["campaigns.read"]);
		const anna = await employee(dealer, "anna", roleId);
		for (const other of [dealer2, admin, client]) {
			expect(() => readBooks((tx) => getEmployeePage(tx, other, anna))).toThrow(EmployeeNotFoundError);
			expect(() => readBooks((tx) => getRolePage(tx, other, roleId))).toThrow(RoleNotFoundError);
			expect(readBooks((tx) => listEmployees(tx, other, {})).rows).toEqual([]);
			expect(readBooks((tx) => listRoles(tx, other))).toEqual([]);
			await expect(blockEmployee(other, anna, 1)).rejects.toThrow(EmployeeNotFoundError);
			await expect(setEmployeePassword(other, anna, PASSWORD)).rejects.toThrow(EmployeeNotFoundError);
			await expect(removeEmployee(other, anna, 1)).rejects.toThrow(EmployeeNotFoundError);
			await expect(deleteRole(other, roleId, 1)).rejects.toThrow(RoleNotFoundError);
			await expect(employee(other, "boris", roleId)).rejects.toThrow(RoleNotFoundError);
		}
		const own = await role(dealer2, "Support", ["campaigns.read"]);
		const input = { name: "Anna", email: "", phone: "", roleId: own };
		await expect(updateEmployee(dealer, anna, 1, input)).rejects.toThrow(RoleNotFoundError);
	});

	it("has a login of its own in the whole installation, also to the eye; a form sent twice makes one", async () => {
		const { dealer, dealer2 } = actors;
		const roleId = await role(dealer, "Support", ["campaigns.read"]);
		const anna = await employee(dealer, "anna", roleId);
		expect(await employee(dealer, "anna", roleId)).toBe(anna);
		const elsewhere = await role(dealer2, "Support", ["campaigns.read"]);
		for (const login of ["anna", "аnna"])
			await expect(employee(dealer2, login, elsewhere)).rejects.toThrow(LoginTakenError);
		const input = { login: "boris", name: "Boris", email: "", phone: "", roleId, password: "boris-boris-boris" };
		await expect(createEmployee(dealer, input)).rejects.toThrow(PasswordFlawError);
	});

	it("who is blocked, gets a new password or is removed is signed out; who is unblocked signs in", async () => {
		const { dealer } = actors;
		const anna = await employee(dealer, "anna", await role(dealer, "Support", ["campaigns.read"]));
		const sessions = () =>
			readBooks((tx) => tx.sql<{ n: number }>("SELECT count(*) AS n FROM sign_in_sessions").get()!.n);
		await actorOf("anna");
		expect(sessions()).toBe(1);
		await blockEmployee(dealer, anna, 1);
		expect(sessions()).toBe(0);
		await expect(actorOf("anna")).rejects.toThrow();
		await unblockEmployee(dealer, anna, versionOf(dealer, anna));
		await actorOf("anna");
		await setEmployeePassword(dealer, anna, `${PASSWORD}-other`);
		expect(sessions()).toBe(0);
		await expect(actorOf("anna")).rejects.toThrow();
		await removeEmployee(dealer, anna, versionOf(dealer, anna));
		expect(() => versionOf(dealer, anna)).toThrow(EmployeeNotFoundError);
		const row = readBooks((tx) => tx.sql("SELECT login, name, role_id, state FROM users WHERE id = ?").get(anna));
		expect(row).toEqual({ login: "anna", name: "", role_id: null, state: "blocked" });
		const verbs = readBooks((tx) => tx.sql("SELECT verb FROM audit WHERE verb <> 'sign-in' ORDER BY id").pluck().all());
		expect(verbs).toEqual([
			"role.create",
			"employee.create",
			"employee.block",
			"employee.unblock",
			"employee.password",
			"employee.remove",
		]);
	});

	it("that has locked itself out gets in with its new password at once; the same form again changes nothing", async () => {
		const { dealer } = actors;
		const anna = await employee(dealer, "anna", await role(dealer, "Support", ["campaigns.read"]));
		const visit = { login: "anna", address: "127.0.0.1", userAgent: "test" };
		for (let tries = 0; tries <= TRIES_BY_LOGIN; tries++)
			await signIn({ ...visit, password: "forgotten" }).catch(() => undefined);
		const password = `${PASSWORD}-other`;
		await setEmployeePassword(dealer, anna, password);
		const { token } = await signIn({ ...visit, password });
		await setEmployeePassword(dealer, anna, password);
		expect(readBooks((tx) => signedInWith(tx, hashSessionToken(token)))).toBeDefined();
		const told = "SELECT count(*) FROM notices WHERE user_id = ? AND kind = 'password.changed'";
		expect(readBooks((tx) => tx.sql(told).pluck().get(anna))).toBe(1);
	});

	it("of two who change it at once, the second is told", async () => {
		const { dealer } = actors;
		const roleId = await role(dealer, "Support", ["campaigns.read"]);
		const anna = await employee(dealer, "anna", roleId);
		const input = { name: "Anna", email: "", phone: "", roleId };
		await updateEmployee(dealer, anna, 1, input);
		await expect(updateEmployee(dealer, anna, 1, input)).rejects.toThrow(StaleTeamError);
		await expect(removeEmployee(dealer, anna, 1)).rejects.toThrow(StaleTeamError);
	});
});

describe("a role", () => {
	it("is named once, changed by who saw it as it is, and deleted when nobody has it", async () => {
		const { dealer } = actors;
		const roleId = await role(dealer, "Support", ["campaigns.read"]);
		await expect(role(dealer, "SUPPORT", ["campaigns.read"])).rejects.toThrow(RoleNameTakenError);
		const input = { name: "Helpers", rights: new Set<Right>(["accounts.read"]), only: null };
		await updateRole(dealer, roleId, 1, input);
		await expect(updateRole(dealer, roleId, 1, input)).rejects.toThrow(StaleTeamError);
		const anna = await employee(dealer, "anna", roleId);
		await expect(deleteRole(dealer, roleId, 2)).rejects.toThrow(RoleInUseError);
		await removeEmployee(dealer, anna, 1);
		await deleteRole(dealer, roleId, 2);
		expect(readBooks((tx) => listRoles(tx, dealer))).toEqual([]);
	});

	it("names accounts of the scope by id or login; another's is as unknown as none", async () => {
		const { dealer, dealer2, client, client3 } = actors;
		const roleId = await role(dealer, "Some", ["campaigns.read"], [String(client.account.id), "client2"]);
		const { shown } = readBooks((tx) => getRolePage(tx, dealer, roleId));
		expect(shown.only?.map(({ login }) => login)).toEqual(["client", "client2"]);
		for (const word of ["client3", String(client3.account.id), "dealer2", "admin", "nobody", "987654"])
			await expect(role(dealer, "Other", ["campaigns.read"], ["client", word])).rejects.toEqual(
				new AccountsUnknownError([word]),
			);
		await role(dealer2, "Other", ["campaigns.read"], ["client3"]);
	});

	it("keeps what the account has lost, and gives nobody more than that", async () => {
		const { dealer } = actors;
		const roleId = await role(dealer, "Seller", ["accounts.read", "accounts.create"]);
		const less = { ...dealer, rights: new Set([...dealer.rights].filter((right) => right !== "accounts.create")) };
		await updateRole(less, roleId, 1, { name: "Seller", rights: new Set(["accounts.read"]), only: null });
		expect(readBooks((tx) => getRolePage(tx, dealer, roleId)).shown.rights).toEqual([
			"accounts.create",
			"accounts.read",
		]);
		await expect(role(less, "New", ["accounts.create"])).rejects.toThrow(ExceedsGranterError);
	});

	it("that changes is told to who has it", async () => {
		const { dealer } = actors;
		const roleId = await role(dealer, "Support", ["campaigns.read"]);
		const anna = await employee(dealer, "anna", roleId);
		await updateRole(dealer, roleId, 1, { name: "Helpers", rights: new Set(["accounts.read"]), only: null });
		const other = await role(dealer, "Other", ["campaigns.read"]);
		await updateEmployee(dealer, anna, 1, { name: "Anna", email: "", phone: "", roleId: other });
		const told = readBooks((tx) => tx.sql("SELECT user_id, kind, detail FROM notices ORDER BY id").all());
		expect(told).toEqual([
			{ user_id: anna, kind: "role.changed", detail: '{"role":"Helpers"}' },
			{ user_id: anna, kind: "role.changed", detail: '{"role":"Other"}' },
		]);
	});
});

describe("an employee who manages the team", () => {
	const LEAD: Right[] = [
		"campaigns.read",
		"accounts.read",
		"employees.create",
		"employees.read",
		"employees.update",
		"employees.delete",
	];
	let lead: Actor;
	let leadRole: number;
	beforeEach(async () => {
		leadRole = await role(actors.dealer, "Lead", LEAD);
		await employee(actors.dealer, "lead", leadRole);
		lead = await actorOf("lead");
	});

	it("makes roles and people of its own rights, and none of more", async () => {
		const small = await role(lead, "Small", ["campaigns.read"]);
		await employee(lead, "anna", small);
		await expect(role(lead, "Big", ["campaigns.read", "numbers.read"])).rejects.toThrow(ExceedsGranterError);
		const big = await role(actors.dealer, "Big", ["numbers.read"]);
		await expect(employee(lead, "boris", big)).rejects.toThrow(ExceedsGranterError);
		expect(
			readBooks((tx) => listRoles(tx, lead))
				.filter((one) => one.canGive)
				.map(({ name }) => name),
		).toEqual(["Lead", "Small"]);
	});

	it("touches neither itself, nor its own role, nor an owner, nor anybody who may do more", async () => {
		const { dealer } = actors;
		const big = await role(dealer, "Big", ["numbers.read"]);
		const boss = await employee(dealer, "boss", big);
		const input = { name: "A", email: "", phone: "", roleId: leadRole };
		for (const [id, status] of [
			[boss, 403],
			[lead.userId, 403],
		] as const) {
			expect(await statusOf(updateEmployee(lead, id, 1, input))).toBe(status);
			expect(await statusOf(blockEmployee(lead, id, 1))).toBe(status);
			expect(await statusOf(setEmployeePassword(lead, id, PASSWORD))).toBe(status);
			expect(await statusOf(removeEmployee(lead, id, 1))).toBe(status);
		}
		await expect(setEmployeePassword(lead, dealer.userId, PASSWORD)).rejects.toThrow(EmployeeNotFoundError);
		const change = { name: "Lead", rights: new Set<Right>(["campaigns.read"]), only: null };
		expect(await statusOf(updateRole(lead, leadRole, 1, change))).toBe(403);
		expect(await statusOf(updateRole(lead, big, 1, change))).toBe(403);
		expect(await statusOf(deleteRole(lead, big, 1))).toBe(403);
	});

	it("is not lifted by a right that the account has lost for now", async () => {
		const { dealer } = actors;
		const seller = await role(dealer, "Seller", ["accounts.read", "accounts.create"]);
		const grants = JSON.stringify(RIGHTS.filter((right) => right !== "accounts.create"));
		await inTx((tx) => tx.sql("UPDATE accounts SET grants = ? WHERE id = ?").run(grants, dealer.account.id));
		await expect(employee(await actorOf("lead"), "anna", seller)).rejects.toThrow(ExceedsGranterError);
	});

	it("does nothing of it inside another's cabinet, where it may look", async () => {
		const inside = { ...actors.dealer, behindUserId: actors.admin.userId };
		expect(readBooks((tx) => listEmployees(tx, inside, {})).rows.map(({ login }) => login)).toEqual(["lead"]);
		expect(await statusOf(role(inside, "New", ["campaigns.read"]))).toBe(403);
		expect(await statusOf(employee(inside, "anna", leadRole))).toBe(403);
		expect(await statusOf(setEmployeePassword(inside, lead.userId, PASSWORD))).toBe(403);
		expect(readBooks((tx) => getEmployeePage(tx, inside, lead.userId)).mayChange).toBe(false);
	});
});

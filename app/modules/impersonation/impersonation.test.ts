import { beforeEach, describe, expect, it } from "vitest";
import { requireSignedIn } from "#app/modules/access/require-actor.server.ts";
import { signIn } from "#app/modules/access/sign-in.server.ts";
import { signOut } from "#app/modules/access/sign-out.server.ts";
import { signedInBy } from "#app/modules/access/signed-in-by.server.ts";
import { AccountNotFoundError } from "#app/modules/accounts/account.errors.ts";
import { addPeople, PASSWORD } from "#app/testing/people.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { AccountClosedError, ElsewhereMeanwhileError, NoOwnerError } from "./enter.errors.ts";
import { enterAccount } from "./enter-account.server.ts";
import { leaveAccount } from "./leave-account.server.ts";

testBooks();
beforeEach(addPeople);

/** /1/2/3/ is the client below the dealer /1/2/; /1/4/5/ the other dealer's. A user's id is ten times the account's. */
const [DEALER, CLIENT, CLIENT2] = [2, 3, 5];
const WISH = { reason: "they asked for help", minutes: 30, mode: "work" as const };

class Visitor {
	private readonly token: string;
	private constructor(token: string) {
		this.token = token;
	}
	static async as(login: string) {
		const attempt = { login, password: PASSWORD, address: "192.0.2.1", userAgent: "test" };
		return new Visitor((await signIn(attempt)).token);
	}
	request(path = "/", method = "GET") {
		return new Request(`http://host${path}`, { method, headers: { Cookie: `sid=${this.token}` } });
	}
	get now() {
		return signedInBy(this.request())!;
	}
	enter(accountId: number, wish: Partial<typeof WISH> | { mode: "look" } = {}) {
		return enterAccount(this.now, accountId, { ...WISH, ...wish });
	}
	/** The status of the refusal, or the address of the redirect; undefined: let in. */
	asks(path: string, method = "GET") {
		try {
			requireSignedIn(this.request(path, method));
			return undefined;
		} catch (answer) {
			return (answer as Response).headers.get("Location") ?? (answer as Response).status;
		}
	}
}

const run = (sql: string, ...values: unknown[]) => inTx((tx) => tx.sql(sql).run(...values).changes);
const all = (sql: string, ...values: unknown[]) =>
	readBooks((tx) => tx.sql<Record<string, unknown>>(sql).all(...values));
/** Verbs that an account reads in its audit, as "verb by user behind user". */
const auditOf = (accountId: number) =>
	all(
		`SELECT a.verb, a.user_id AS u, a.behind_user_id AS b, a.subject FROM audit_scopes s JOIN audit a ON a.id = s.audit_id
		WHERE s.account_id = ? AND a.verb LIKE 'cabinet.%' ORDER BY a.id`,
		accountId,
	).map(({ verb, u, b, subject }) => `${verb} ${subject} by ${u}${b === null ? "" : ` behind ${b}`}`);
const endOf = (id: number) => all("SELECT ended_at_utc AS at FROM impersonations WHERE id = ?", id)[0]?.at;

describe("entering", () => {
	it("acts as the owner; both sides read it in their audit, no other branch does, and the owner is told", async () => {
		const dealer = await Visitor.as("dealer");
		await dealer.enter(CLIENT);
		expect(dealer.now.actor).toMatchObject({ userId: 30, behindUserId: 20, account: { id: CLIENT } });
		expect(dealer.now.inside).toMatchObject({ isReadOnly: false, outerName: "Account of dealer" });
		expect(auditOf(CLIENT)).toEqual(["cabinet.enter account:3 by 20"]);
		expect(auditOf(DEALER)).toEqual(auditOf(CLIENT));
		expect(auditOf(4)).toEqual([]);
		expect(all("SELECT user_id, kind FROM notices WHERE kind <> 'sign-in.new'")).toEqual([
			{ user_id: 30, kind: "cabinet.entered" },
		]);
	});

	it("nests, and the inner one never lasts longer than the outer", async () => {
		const admin = await Visitor.as("admin");
		await admin.enter(DEALER, { minutes: 10 });
		const outer = admin.now.inside!;
		await admin.enter(CLIENT, { minutes: 60 });
		expect(admin.now.inside).toMatchObject({ outerId: outer.id, endsAtUtc: outer.endsAtUtc });
		expect(admin.now.actor).toMatchObject({ userId: 30, behindUserId: 10 });
		expect(auditOf(CLIENT)).toEqual(["cabinet.enter account:3 by 20 behind 10"]);
	});

	it.each([
		["another dealer's client", CLIENT2],
		["the own account", DEALER],
		["the account above", 1],
		["an account that is not there", 99],
	])("of %s: it is not there", async (_, id) => {
		const dealer = await Visitor.as("dealer");
		await expect(dealer.enter(id)).rejects.toThrow(AccountNotFoundError);
		expect(all("SELECT * FROM impersonations")).toEqual([]);
	});

	it("is for owners, whatever an employee's role lets do", async () => {
		await run(
			"INSERT INTO roles (id, account_id, name, rights, created_at_utc) VALUES (1, 2, 'r', '[\"accounts.read\"]', 0)",
		);
		await run("UPDATE users SET role = 'employee', role_id = 1 WHERE id = 20");
		const employee = await Visitor.as("dealer");
		await expect(employee.enter(CLIENT)).rejects.toMatchObject({ status: 403 });
	});

	it("of a closed account, or of one that nobody owns, is refused; of a blocked one it is only to look", async () => {
		const dealer = await Visitor.as("dealer");
		await run("UPDATE users SET state = 'blocked' WHERE id = 30");
		await expect(dealer.enter(CLIENT)).rejects.toThrow(NoOwnerError);
		await run("UPDATE users SET state = 'active' WHERE id = 30");
		await run("UPDATE accounts SET state = 'closed' WHERE id = 3");
		await expect(dealer.enter(CLIENT)).rejects.toThrow(AccountClosedError);
		await run("UPDATE accounts SET state = 'blocked' WHERE id = 3");
		await dealer.enter(CLIENT);
		expect(dealer.now.inside?.isReadOnly).toBe(true);
	});

	it("twice at once, or with what another tab showed before: one passes", async () => {
		const dealer = await Visitor.as("dealer");
		const { now } = dealer;
		const [first, second] = await Promise.allSettled([
			enterAccount(now, CLIENT, WISH),
			enterAccount(now, CLIENT, WISH),
		]);
		expect(first.status).toBe("fulfilled");
		expect(second).toMatchObject({ reason: expect.any(ElsewhereMeanwhileError) });
		expect(all("SELECT id FROM impersonations")).toHaveLength(1);
	});
});

describe("leaving", () => {
	it("goes one level out, to the page of the account that was left, and home at last", async () => {
		const admin = await Visitor.as("admin");
		await admin.enter(DEALER);
		await admin.enter(CLIENT);
		expect(await leaveAccount(admin.now, admin.now.inside!.id)).toBe("/dealer/accounts/3");
		expect(admin.now.actor.account.id).toBe(DEALER);
		expect(await leaveAccount(admin.now, admin.now.inside!.id)).toBe("/admin/accounts/2");
		expect(admin.now).toMatchObject({ inside: null, lapsed: null, actor: { userId: 10, behindUserId: null } });
		expect(auditOf(CLIENT).at(-1)).toBe("cabinet.leave account:3 by 20 behind 10");
	});

	it("by a button of a page that is left already does nothing; by one of an outer cabinet leaves the inner as well", async () => {
		const admin = await Visitor.as("admin");
		await admin.enter(DEALER);
		const outer = admin.now.inside!.id;
		await admin.enter(CLIENT);
		const inner = admin.now.inside!.id;
		await leaveAccount(admin.now, inner);
		expect(await leaveAccount(admin.now, inner)).toBe("/dealer/accounts");
		expect(admin.now.inside?.id).toBe(outer);
		await admin.enter(CLIENT);
		expect(await leaveAccount(admin.now, outer)).toBe("/admin/accounts/2");
		expect(admin.now.inside).toBeNull();
		expect(all("SELECT id FROM impersonations WHERE ended_at_utc IS NULL")).toEqual([]);
	});

	it("of another's impersonation does nothing", async () => {
		const [dealer, other] = [await Visitor.as("dealer"), await Visitor.as("dealer2")];
		await dealer.enter(CLIENT);
		expect(await leaveAccount(other.now, dealer.now.inside!.id)).toBe("/dealer/accounts");
		expect(dealer.now.actor.account.id).toBe(CLIENT);
	});

	it("by signing out ends the session and every cabinet that it was in, in the person's own name", async () => {
		const admin = await Visitor.as("admin");
		await admin.enter(DEALER);
		await admin.enter(CLIENT);
		await signOut(admin.now);
		expect(signedInBy(admin.request())).toBeUndefined();
		expect(all("SELECT id FROM impersonations WHERE ended_at_utc IS NULL")).toEqual([]);
		expect(all("SELECT account_id, user_id FROM audit WHERE verb = 'sign-out'")).toEqual([
			{ account_id: 1, user_id: 10 },
		]);
	});
});

describe("the end of time", () => {
	const inside = async () => {
		const dealer = await Visitor.as("dealer");
		await dealer.enter(CLIENT);
		return dealer;
	};

	it.each([
		["time is up", "UPDATE impersonations SET ends_at_utc = 1"],
		["the account is closed", "UPDATE accounts SET state = 'closed' WHERE id = 3"],
		["the account was moved away", "UPDATE accounts SET path = '/1/4/3/', parent_id = 4 WHERE id = 3"],
	])("where %s the next request is outside, is told why, and leads home", async (_, sql) => {
		const dealer = await inside();
		await run(sql);
		expect(dealer.now).toMatchObject({
			inside: null,
			actor: { userId: 20 },
			lapsed: { accountName: "Account of client" },
		});
		expect(dealer.asks("/client/campaigns/7")).toBe("/dealer/accounts");
		expect(dealer.asks("/client/campaigns/new", "POST")).toBe(409);
		const id = dealer.now.lapsed!.id;
		await leaveAccount(dealer.now, id);
		expect(dealer.now.lapsed).toBeNull();
		expect(endOf(id)).not.toBeNull();
	});

	it("of an inner cabinet leads one level out; where all are over, one confirmation leads home", async () => {
		const admin = await Visitor.as("admin");
		await admin.enter(DEALER);
		await admin.enter(CLIENT);
		const inner = admin.now.inside!.id;
		await run("UPDATE impersonations SET ends_at_utc = 1 WHERE id = ?", inner);
		expect(admin.now).toMatchObject({ lapsed: { id: inner }, actor: { account: { id: DEALER } } });
		await run("UPDATE impersonations SET ends_at_utc = 1");
		expect(admin.now.lapsed).toMatchObject({ accountName: "Account of client" });
		expect(await leaveAccount(admin.now, admin.now.lapsed!.id)).toBe("/admin/accounts/2");
		expect(admin.now).toMatchObject({ lapsed: null, inside: null });
		expect(all("SELECT id FROM impersonations WHERE ended_at_utc IS NULL")).toEqual([]);
	});

	it("a page of a cabinet that was left by the button says so", async () => {
		const dealer = await inside();
		await leaveAccount(dealer.now, dealer.now.inside!.id);
		expect(dealer.asks("/client/campaigns/7")).toBe(409);
		expect(dealer.asks("/client/campaigns")).toBe("/dealer/accounts");
		expect((await Visitor.as("dealer2")).asks("/client/campaigns/7")).toBe(403);
	});
});

describe("forms", () => {
	it("do nothing to an account that their page was not made for, though the cabinet is of the same kind", async () => {
		await run("UPDATE accounts SET kind = 'dealer' WHERE id = 3");
		const dealer = await Visitor.as("dealer");
		expect(dealer.asks("/dealer/campaigns/new?for=2", "POST")).toBeUndefined();
		expect(dealer.asks("/dealer/campaigns/new?for=3", "POST")).toBe(409);
		await dealer.enter(CLIENT);
		expect(dealer.asks("/dealer/campaigns/new?for=2", "POST")).toBe(409);
		expect(dealer.asks("/dealer/campaigns/new?for=3", "POST")).toBeUndefined();
		await leaveAccount(dealer.now, dealer.now.inside!.id);
		expect(dealer.asks("/dealer/campaigns/new?for=3", "POST")).toBe(409);
		expect(dealer.asks("/dealer/campaigns/new", "POST"), "says nothing, and could be of either").toBe(409);
		expect(dealer.asks("/dealer/campaigns/new?for=2", "POST")).toBeUndefined();
	});

	it("change nothing in a cabinet that is only looked at", async () => {
		const dealer = await Visitor.as("dealer");
		await dealer.enter(CLIENT, { mode: "look" });
		expect(dealer.asks("/client/campaigns")).toBeUndefined();
		for (const method of ["POST", "PUT", "PATCH", "DELETE"])
			expect(dealer.asks("/client/campaigns/new?for=3", method), method).toBe(403);
	});
});

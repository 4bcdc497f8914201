import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { intersect } from "#app/modules/access/rights.ts";
import { signIn } from "#app/modules/access/sign-in.server.ts";
import { signedInBy } from "#app/modules/access/signed-in-by.server.ts";
import { AccountNotFoundError } from "#app/modules/accounts/account.errors.ts";
import { addPeople, PASSWORD } from "#app/testing/people.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { getDemandPage } from "./get-demand-page.server.ts";
import { resetSecondFactor } from "./reset-second-factor.server.ts";
import { DemandFromAboveError, NoSecondFactorError, SecondFactorDemandedError } from "./second-factor.errors.ts";
import { setDemand } from "./set-demand.server.ts";
import { switchOff } from "./switch-off.server.ts";
import { giveFactor } from "./testing/give-factor.ts";

testBooks();
const request = (token: string, path = "/", method = "GET") =>
	new Request(`http://host${path}`, { method, headers: { Cookie: `sid=${token}` } });
async function open(login: string): Promise<{ token: string; actor: Actor }> {
	const { token } = await signIn({ login, password: PASSWORD, address: "192.0.2.1", userAgent: "test" });
	return { token, actor: signedInBy(request(token))!.actor };
}
const failing = (deed: Promise<unknown>) => deed.catch((error: unknown) => error);
const status = async (deed: Promise<unknown>) => ((await failing(deed)) as Response).status;
const mustSetUp = (token: string) => signedInBy(request(token))!.mustSetUpSecondFactor;

const people = {} as Record<"admin" | "dealer" | "client" | "client2", Awaited<ReturnType<typeof open>>>;
beforeEach(async () => {
	await addPeople();
	for (const login of ["admin", "dealer", "client", "client2"] as const) people[login] = await open(login);
});

describe("a demand", () => {
	it("holds for the account and its branch at once, in open sessions too, and for no other branch", async () => {
		await setDemand(people.dealer.actor, 2, true);
		const held = [people.admin, people.dealer, people.client, people.client2].map(({ token }) => mustSetUp(token));
		expect(held).toEqual([false, true, true, false]);
		await setDemand(people.dealer.actor, 2, false);
		expect(mustSetUp(people.client.token)).toBe(false);
	});

	it("leaves to whoever has no second factor the pages of its set-up alone, whatever the method", async () => {
		await setDemand(people.dealer.actor, 2, true);
		const ask = (path: string, method: string) => {
			try {
				return requireActor(request(people.client.token, path, method)).userId;
			} catch (error) {
				return (error as Response).headers.get("location");
			}
		};
		const setUp = "/client/settings/second-factor";
		for (const method of ["GET", "POST"]) {
			for (const path of [setUp, `${setUp}/set-up`, `${setUp}/confirm`]) expect(ask(path, method)).toBe(30);
			for (const path of [
				"/client/campaigns",
				"/client/campaigns/1/live",
				"/client/settings",
				`${setUp}/demand`,
				`${setUp}x`,
			])
				expect(ask(path, method), `${method} ${path}`).toBe(setUp);
		}
		await giveFactor(30);
		expect(ask("/client/campaigns", "GET")).toBe(30);
	});

	it("of one above is not lifted from below, nor by switching off one's own second factor", async () => {
		await setDemand(people.dealer.actor, 3, true);
		const { codes } = await giveFactor(30);
		expect(await failing(setDemand(people.client.actor, 3, false))).toBeInstanceOf(DemandFromAboveError);
		const shown = { password: PASSWORD, code: codes[0]! };
		expect(await failing(switchOff(people.client.actor, shown, "192.0.2.1"))).toBeInstanceOf(SecondFactorDemandedError);
		expect(mustSetUp(people.client.token)).toBe(false);
		await setDemand(people.admin.actor, 3, false);
		await switchOff(people.client.actor, shown, "192.0.2.1");
		expect(signedInBy(request(people.client.token))!.user.hasSecondFactor).toBe(false);
	});

	it("of the account itself is lifted by it, until one above makes the demand its own", async () => {
		const see = (who: keyof typeof people) => readBooks((tx) => getDemandPage(tx, people[who].actor, 3));
		await setDemand(people.client.actor, 3, true);
		expect(see("client")).toMatchObject({ demandedBy: "actor", deeds: ["off"] });
		expect(see("dealer")).toMatchObject({ demandedBy: "below", deeds: ["on", "off"] });
		await setDemand(people.client.actor, 3, false);
		await setDemand(people.client.actor, 3, true);
		await setDemand(people.dealer.actor, 3, true);
		expect(see("client")).toMatchObject({ demandedBy: "above", deeds: [] });
		await setDemand(people.client.actor, 3, true);
		expect(await failing(setDemand(people.client.actor, 3, false))).toBeInstanceOf(DemandFromAboveError);
	});

	it("of a dealer that the account has left is its own business", async () => {
		await setDemand(people.dealer.actor, 3, true);
		await inTx((tx) => tx.sql("UPDATE accounts SET path = '/1/4/3/', parent_id = 4 WHERE id = 3").run());
		await setDemand((await open("client")).actor, 3, false);
		expect(mustSetUp(people.client.token)).toBe(false);
	});

	it("is nobody's from outside: another branch does not exist, without the right or from inside it is refused", async () => {
		expect(await failing(setDemand(people.dealer.actor, 5, true))).toBeInstanceOf(AccountNotFoundError);
		expect(await failing(setDemand(people.dealer.actor, 99, true))).toBeInstanceOf(AccountNotFoundError);
		expect(await status(setDemand(people.client.actor, 5, true))).toBe(403);
		expect(await status(setDemand({ ...people.dealer.actor, behindUserId: 10 }, 2, true))).toBe(403);
		expect(await status(setDemand({ ...people.dealer.actor, role: "employee" }, 2, true))).toBe(403);
		expect(await status(setDemand({ ...people.dealer.actor, rights: intersect(new Set(), new Set()) }, 3, true))).toBe(
			403,
		);
		expect(readBooks((tx) => tx.sql("SELECT id FROM accounts WHERE demands_second_factor = 1").all())).toEqual([]);
	});

	it("sends home whoever is inside another's cabinet without a second factor", async () => {
		const { dealer } = people;
		await inTx((tx) => {
			tx.sql(
				`INSERT INTO impersonations (id, account_id, user_id, behind_user_id, behind_account_id, reason, is_read_only,
					started_at_utc, ends_at_utc) VALUES (7, 3, 30, 20, 2, 'help', 0, ?, ?)`,
			).run(Date.now(), Date.now() + 60_000);
			tx.sql("UPDATE sign_in_sessions SET impersonation_id = 7 WHERE user_id = 20").run();
		});
		expect(signedInBy(request(dealer.token))!.actor.account.id).toBe(3);
		await setDemand(people.admin.actor, 2, true);
		expect(signedInBy(request(dealer.token))!.actor.account.id).toBe(2);
		await giveFactor(20);
		expect(signedInBy(request(dealer.token))!.actor.account.id).toBe(3);
	});
});

describe("a lost second factor", () => {
	const lost = { login: "client", reason: "fell into the sea" };

	it("is taken away from above: sessions end, the person and the audit are told, the password lets in", async () => {
		await giveFactor(30);
		await resetSecondFactor(people.dealer.actor, 3, lost);
		expect(signedInBy(request(people.client.token))).toBeUndefined();
		expect(readBooks((tx) => tx.sql("SELECT * FROM recovery_codes").all())).toEqual([]);
		expect(
			readBooks((tx) => tx.sql("SELECT user_id, detail FROM notices WHERE kind = 'second-factor.changed'").all()),
		).toEqual([{ user_id: 30, detail: JSON.stringify({ isOn: false, by: "above" }) }]);
		const audit = readBooks((tx) =>
			tx
				.sql(
					`SELECT a.account_id, a.detail FROM audit a JOIN audit_scopes s ON s.audit_id = a.id
					WHERE s.account_id = 3 AND a.verb = 'second-factor.reset'`,
				)
				.all(),
		);
		expect(audit).toEqual([{ account_id: 2, detail: JSON.stringify(lost) }]);
		expect(signedInBy(request((await open("client")).token))).toBeDefined();
	});

	it("is not taken away, nor shown, by an employee who may less than that person", async () => {
		await giveFactor(30);
		const rights = new Set([...people.dealer.actor.rights].filter((right) => right !== "numbers.read"));
		const weak = { ...people.dealer.actor, role: "employee" as const, rights };
		expect(await status(resetSecondFactor(weak, 3, lost))).toBe(403);
		expect(readBooks((tx) => getDemandPage(tx, weak, 3)).people).toEqual([]);
		expect(readBooks((tx) => getDemandPage(tx, people.dealer.actor, 3)).people).toEqual([
			expect.objectContaining({ login: "client" }),
		]);
	});

	it("is not taken away from outside, from inside, by oneself, nor where there is none", async () => {
		await giveFactor(30);
		await giveFactor(50);
		const reset = (actor: Actor, id: number, login: string) => resetSecondFactor(actor, id, { ...lost, login });
		expect(await failing(reset(people.dealer.actor, 5, "client2"))).toBeInstanceOf(AccountNotFoundError);
		expect(await failing(reset(people.dealer.actor, 3, "client2"))).toBeInstanceOf(NoSecondFactorError);
		expect(await failing(reset(people.dealer.actor, 3, "nobody"))).toBeInstanceOf(NoSecondFactorError);
		expect(await failing(reset(people.client.actor, 3, "client"))).toBeInstanceOf(NoSecondFactorError);
		expect(await status(reset({ ...people.dealer.actor, behindUserId: 10 }, 3, "client"))).toBe(403);
		const kept = readBooks((tx) => tx.sql("SELECT count(*) AS n FROM users WHERE sealed_totp IS NOT NULL").get());
		expect(kept).toEqual({ n: 2 });
	});
});

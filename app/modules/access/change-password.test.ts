import { beforeEach, describe, expect, it } from "vitest";
import { addPeople, PASSWORD } from "#app/testing/people.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { changePassword } from "./change-password.server.ts";
import { TRIES_BY_LOGIN } from "./count-try.server.ts";
import { endOwnSessions } from "./end-own-sessions.server.ts";
import { listOwnSessions } from "./session.queries.server.ts";
import { TooManyTriesError, WrongCredentialsError } from "./sign-in.errors.ts";
import { signIn } from "./sign-in.server.ts";
import { signedInBy } from "./signed-in-by.server.ts";

testBooks();
beforeEach(addPeople);

const NEW = "seven green kettles";
const CHROME = "Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36";
const opened = async (login: string, password = PASSWORD, address = "192.0.2.1", userAgent = CHROME) =>
	(await signIn({ login, password, address, userAgent })).token;
const who = (token: string) => signedInBy(new Request("http://host/", { headers: { Cookie: `sid=${token}` } }));
const change = (token: string, current: string, password = NEW) =>
	changePassword(who(token)!, { current, password, address: "192.0.2.1", brand: "Northwind" });
const failing = (...args: Parameters<typeof change>) => change(...args).catch((error: Error) => error);
const rows = <Row>(sql: string) => readBooks((tx) => tx.sql<Row>(sql).all());
const list = (token: string) => readBooks((tx) => listOwnSessions(tx, who(token)!));
/** Somebody of the dealer inside of the client's cabinet, as its owner. */
const inside = (token: string) => {
	const signedIn = who(token)!;
	return { ...signedIn, actor: { ...signedIn.actor, behindUserId: 20 } };
};

describe("one's own password", () => {
	it("ends all other sessions of the person, nobody else's; this one goes on under a new token", async () => {
		const [here, phone, other] = [await opened("client"), await opened("client"), await opened("client2")];
		const token = await change(here, PASSWORD);
		expect(token).not.toBe(here);
		expect([who(here), who(phone)]).toEqual([undefined, undefined]);
		expect(who(token)?.user).toMatchObject({ userId: 30, login: "client" });
		expect(who(other)?.user.userId).toBe(50);
		await expect(opened("client", PASSWORD)).rejects.toBeInstanceOf(WrongCredentialsError);
		await expect(opened("client", NEW)).resolves.toBeTypeOf("string");
	});

	it("is told to the person and stands in the audit", async () => {
		await change(await opened("client"), PASSWORD);
		expect(rows("SELECT kind, detail FROM notices WHERE user_id = 30 AND kind = 'password.changed'")).toEqual([
			{ kind: "password.changed", detail: '{"by":"self"}' },
		]);
		expect(rows("SELECT account_id, user_id, subject FROM audit WHERE verb = 'password.change'")).toEqual([
			{ account_id: 3, user_id: 30, subject: "user:30" },
		]);
	});

	it("needs the one before; tries count with those of the sign-in, and change nothing", async () => {
		const token = await opened("client");
		for (let i = 0; i < TRIES_BY_LOGIN; i++)
			expect(await failing(token, "wrong")).toBeInstanceOf(WrongCredentialsError);
		expect(await failing(token, PASSWORD)).toBeInstanceOf(TooManyTriesError);
		await expect(opened("client")).rejects.toBeInstanceOf(TooManyTriesError);
		expect(who(token)).toBeDefined();
	});

	it.each([
		[PASSWORD, "same"],
		["qwertyuiop", "leaked"],
		["accountofclient", "has_login"],
		["northwind2026", "easy"],
		["the client's word 8x", "has_login"],
	])("%s is refused: %s", async (password, reason) => {
		const error = await failing(await opened("client"), PASSWORD, password);
		expect(error).toMatchObject({ name: "PasswordFlawError", message: `settings:password.error.${reason}` });
	});

	it("of two changes side by side one is taken", async () => {
		const token = await opened("client");
		const signedIn = who(token)!;
		const wish = { current: PASSWORD, address: "192.0.2.1", brand: "x" };
		const done = await Promise.allSettled([
			changePassword(signedIn, { ...wish, password: "seven green kettles" }),
			changePassword(signedIn, { ...wish, password: "eight yellow ladders" }),
		]);
		expect(done.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
	});

	it("is closed to whoever has entered the cabinet", async () => {
		const signedIn = inside(await opened("client"));
		const wish = { current: PASSWORD, password: NEW, address: "192.0.2.1", brand: "x" };
		await expect(changePassword(signedIn, wish)).rejects.toMatchObject({ status: 403 });
	});
});

describe("sessions", () => {
	it("list this one first, with address and browser, and nobody else's", async () => {
		const phone = await opened("client", PASSWORD, "198.51.100.7", "Mozilla/5.0 (Linux; Android 10) Firefox/131.0");
		const here = await opened("client");
		await opened("client2");
		expect(list(here)).toMatchObject([
			{ address: "192.0.2.1", browser: "Chrome", system: "Windows", isThis: true },
			{ address: "198.51.100.7", browser: "Firefox", system: "Android", isThis: false },
		]);
		expect(list(phone).map((one) => one.isThis)).toEqual([true, false]);
	});

	it("end one by one, never another person's", async () => {
		const [here, phone, other] = [await opened("client"), await opened("client"), await opened("client2")];
		const idOf = (token: string) => list(token).find((one) => one.isThis)!.id;
		expect(await endOwnSessions(who(here)!, { only: idOf(phone) })).toBe(false);
		expect(await endOwnSessions(who(here)!, { only: idOf(other) })).toBe(false);
		expect([who(phone) === undefined, who(other) === undefined]).toEqual([true, false]);
		expect(await endOwnSessions(who(here)!, { only: idOf(here) })).toBe(true);
		expect(who(here)).toBeUndefined();
		expect(rows("SELECT account_id, verb FROM audit WHERE verb LIKE 'session.%'")).toEqual([
			{ account_id: 3, verb: "session.end" },
			{ account_id: 3, verb: "session.end" },
		]);
	});

	it("end everywhere else, or everywhere", async () => {
		const [here, phone, other] = [await opened("client"), await opened("client"), await opened("client2")];
		expect(await endOwnSessions(who(here)!, "others")).toBe(false);
		expect([who(here) === undefined, who(phone) === undefined]).toEqual([false, true]);
		expect(await endOwnSessions(who(here)!, "all")).toBe(true);
		expect([who(here) === undefined, who(other) === undefined]).toEqual([true, false]);
	});

	it("of the owner are nothing for whoever has entered the cabinet", async () => {
		const signedIn = inside(await opened("client"));
		expect(() => readBooks((tx) => listOwnSessions(tx, signedIn))).toThrow(expect.objectContaining({ status: 403 }));
		await expect(endOwnSessions(signedIn, "all")).rejects.toMatchObject({ status: 403 });
	});
});

describe("a sign-in from somewhere new", () => {
	const told = () =>
		rows<{ user_id: number; detail: string }>(
			"SELECT user_id, detail FROM notices WHERE kind = 'sign-in.new' ORDER BY id",
		);

	it("is told once for each network and browser, also after the sessions from there have ended", async () => {
		await opened("client");
		await opened("client", PASSWORD, "192.0.2.1", CHROME.replace("130", "131"));
		await inTx((tx) => tx.sql("DELETE FROM sign_in_sessions").run());
		await opened("client");
		expect(told()).toEqual([{ user_id: 30, detail: '{"address":"192.0.2.1","browser":"Chrome","system":"Windows"}' }]);
		await opened("client", PASSWORD, "198.51.100.7");
		await opened("client", PASSWORD, "192.0.2.1", "curl/8");
		expect(told()).toHaveLength(3);
	});

	it("is told to that person alone, whatever others are known by", async () => {
		await opened("client");
		await opened("client2");
		expect(told().map((one) => one.user_id)).toEqual([30, 50]);
	});
});

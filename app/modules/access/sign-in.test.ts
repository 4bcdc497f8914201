import { beforeEach, describe, expect, it, vi } from "vitest";
import { addPeople, PASSWORD } from "#app/testing/people.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { addressGroup, TRIES_BY_ADDRESS, TRIES_BY_LOGIN, TRIES_WINDOW_MS } from "./count-try.server.ts";
import { hashSessionToken } from "./session-token.server.ts";
import { AccountBlockedError, TooManyTriesError, WrongCredentialsError } from "./sign-in.errors.ts";
import { signInSchema } from "./sign-in.schema.ts";
import { signIn } from "./sign-in.server.ts";
import { signOut } from "./sign-out.server.ts";
import { signedInBy } from "./signed-in-by.server.ts";
import { verifyPassword } from "./verify-password.server.ts";

// Real all through; only counted.
vi.mock("./verify-password.server.ts", { spy: true });

testBooks();
beforeEach(async () => {
	vi.useRealTimers();
	vi.mocked(verifyPassword).mockClear();
	await addPeople();
});

const attempt = (login: string, password: string, address = "192.0.2.1") => ({
	login,
	password,
	address,
	userAgent: "test",
});
const failing = (...args: Parameters<typeof attempt>) => signIn(attempt(...args)).catch((error: Error) => error);
const requestWith = (token: string) => new Request("http://host/", { headers: { Cookie: `a=b; sid=${token}` } });
const rows = <Row>(sql: string) => readBooks((tx) => tx.sql<Row>(sql).all());

describe("the right password", () => {
	it("opens a session whose cookie the books do not hold", async () => {
		const { token } = await signIn(attempt("client", PASSWORD));
		const [session] = rows<{ token_hash: string; user_id: number; expires_at_utc: number; created_at_utc: number }>(
			"SELECT * FROM sign_in_sessions",
		);
		expect(session).toMatchObject({ token_hash: hashSessionToken(token), user_id: 30 });
		expect(JSON.stringify(session)).not.toContain(token);
		expect(session!.expires_at_utc - session!.created_at_utc).toBe(30 * 86_400_000);
		expect(signedInBy(requestWith(token))?.actor).toMatchObject({ userId: 30, account: { id: 3, path: "/1/2/3/" } });
	});

	it("is told in the account's audit, as is the sign-out, which ends this session alone", async () => {
		const phone = await signIn(attempt("client", PASSWORD));
		const desk = await signIn(attempt("client", PASSWORD));
		await signOut(signedInBy(requestWith(phone.token))!);
		expect(signedInBy(requestWith(phone.token))).toBeUndefined();
		expect(signedInBy(requestWith(desk.token))).toBeDefined();
		expect(rows("SELECT account_id, user_id, verb FROM audit ORDER BY id")).toEqual([
			{ account_id: 3, user_id: 30, verb: "sign-in" },
			{ account_id: 3, user_id: 30, verb: "sign-in" },
			{ account_id: 3, user_id: 30, verb: "sign-out" },
		]);
	});

	it("signs nobody in by the hash that the books hold, nor by an empty cookie", async () => {
		const { token } = await signIn(attempt("client", PASSWORD));
		expect(signedInBy(requestWith(hashSessionToken(token)))).toBeUndefined();
		expect(signedInBy(requestWith(""))).toBeUndefined();
	});

	it("holds for 30 days and no longer", async () => {
		const { token } = await signIn(attempt("client", PASSWORD));
		const openedAt = Date.now();
		vi.useFakeTimers({ toFake: ["Date"], now: openedAt + 30 * 86_400_000 - 60_000 });
		expect(signedInBy(requestWith(token))).toBeDefined();
		vi.setSystemTime(openedAt + 30 * 86_400_000 + 1);
		expect(signedInBy(requestWith(token))).toBeUndefined();
	});

	it.each([
		["the account", 3],
		["its dealer", 2],
	])("does not help when %s is blocked, and ends what was open", async (_, id) => {
		const { token } = await signIn(attempt("client", PASSWORD));
		await inTx((tx) => tx.sql("UPDATE accounts SET state = 'blocked' WHERE id = ?").run(id));
		expect(await failing("client", PASSWORD)).toBeInstanceOf(AccountBlockedError);
		expect(signedInBy(requestWith(token))).toBeUndefined();
	});
});

describe("a wrong one", () => {
	it("is answered like an unknown login, after the same work", async () => {
		const answers = [await failing("client", "wrong"), await failing("nobody", "wrong")] as Error[];
		expect(answers.map((error) => [error.constructor, error.message])).toEqual([
			[WrongCredentialsError, ""],
			[WrongCredentialsError, ""],
		]);
		expect(verifyPassword).toHaveBeenCalledTimes(2);
		expect(rows("SELECT * FROM sign_in_sessions")).toEqual([]);
	});

	it("does not tell that an account is blocked", async () => {
		await inTx((tx) => tx.sql("UPDATE accounts SET state = 'blocked' WHERE id = 3").run());
		expect(await failing("client", "wrong")).toBeInstanceOf(WrongCredentialsError);
	});
});

describe("tries", () => {
	it("are limited by login, even with the right password and from elsewhere, until the window is over", async () => {
		for (let i = 0; i < TRIES_BY_LOGIN; i++) await failing("client", "wrong", `192.0.2.${i}`);
		vi.mocked(verifyPassword).mockClear();
		const error = (await failing("client", PASSWORD, "198.51.100.1")) as TooManyTriesError;
		expect(error).toMatchObject({ name: "TooManyTriesError", of: "login", limit: TRIES_BY_LOGIN });
		expect(error.retryAfterMs).toBeGreaterThan(TRIES_WINDOW_MS - 60_000);
		expect(error.retryAfterMs).toBeLessThanOrEqual(TRIES_WINDOW_MS);
		expect(verifyPassword).not.toHaveBeenCalled();
		await expect(signIn(attempt("client2", PASSWORD))).resolves.toBeDefined();
		vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + TRIES_WINDOW_MS + 1 });
		await expect(signIn(attempt("client", PASSWORD))).resolves.toBeDefined();
	});

	it("are counted for logins that do not exist, too: the limit tells nothing about them", async () => {
		for (let i = 0; i < TRIES_BY_LOGIN; i++) await failing("nobody", "wrong");
		expect(await failing("nobody", "wrong")).toBeInstanceOf(TooManyTriesError);
	});

	it("are counted when they come side by side", async () => {
		const errors = await Promise.all(Array.from({ length: TRIES_BY_LOGIN + 5 }, () => failing("client", "wrong")));
		expect(errors.filter((error) => error instanceof TooManyTriesError)).toHaveLength(5);
	});

	it("are forgotten after the right password", async () => {
		for (let i = 0; i < TRIES_BY_LOGIN - 1; i++) await failing("client", "wrong");
		await signIn(attempt("client", PASSWORD));
		expect(await failing("client", "wrong")).toBeInstanceOf(WrongCredentialsError);
	});

	it("are limited by address over all logins, without counting against the logins then", async () => {
		await inTx((tx) =>
			tx.sql("INSERT INTO sign_in_tries VALUES ('address:192.0.2.1', ?, ?)").run(Date.now(), TRIES_BY_ADDRESS),
		);
		expect(await failing("client", PASSWORD)).toMatchObject({ of: "address", limit: TRIES_BY_ADDRESS });
		expect(rows("SELECT * FROM sign_in_tries WHERE key LIKE 'login:%'")).toEqual([]);
		await expect(signIn(attempt("client", PASSWORD, "192.0.2.2"))).resolves.toBeDefined();
	});

	it.each([
		["192.0.2.1", "192.0.2.1"],
		["::ffff:192.0.2.1", "192.0.2.1"],
		["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
		["2001:db8::6", "2001:db8:0:0::/64"],
		["::1", "0:0:0:0::/64"],
	])("from %s count for %s", (address, group) => {
		expect(addressGroup(address)).toBe(group);
	});

	it("of windows long past go away", async () => {
		await inTx((tx) => tx.sql("INSERT INTO sign_in_tries VALUES ('address:old', 1, 5)").run());
		await failing("client", "wrong");
		expect(rows("SELECT * FROM sign_in_tries WHERE key = 'address:old'")).toEqual([]);
	});
});

describe("the form", () => {
	it("takes a login as people type it", () => {
		expect(signInSchema.parse({ login: "  ＣＬＩｅｎｔ ", password: " p " })).toEqual({
			login: "client",
			password: " p ",
		});
	});

	it.each([
		[{ login: " ", password: "x" }, "auth:error.login_required"],
		[{ login: "x" }, "auth:error.password_required"],
		[{ login: "x".repeat(101), password: "x" }, "auth:error.too_long"],
	])("says of %j what is wrong, as a key", (form, message) => {
		expect(signInSchema.safeParse(form).error?.issues[0]?.message).toBe(message);
	});
});

it("a session from before a block opens nothing after it either; a new sign-in does, and others' sessions are untouched", async () => {
	const [own, others] = [await signIn(attempt("client", PASSWORD)), await signIn(attempt("client2", PASSWORD))];
	const openedAt = Date.now();
	vi.useFakeTimers({ toFake: ["Date"], now: openedAt + 1_000 });
	// Its dealer was blocked, and is no more.
	await inTx(
		(tx) =>
			void tx
				.sql("UPDATE accounts SET blocked_at_utc = ?, unblocked_at_utc = ? WHERE id = 2")
				.run(openedAt + 500, openedAt + 600),
	);
	expect(signedInBy(requestWith(own.token))).toBeUndefined();
	expect(signedInBy(requestWith(others.token))).toBeDefined();
	expect(signedInBy(requestWith((await signIn(attempt("client", PASSWORD))).token))).toBeDefined();
});

describe("what the blocked are told", () => {
	const block = (id: number, reason: string, untilUtc: number | null) =>
		inTx(
			(tx) =>
				void tx
					.sql("UPDATE accounts SET state = 'blocked', block_reason = ?, blocked_until_utc = ? WHERE id = ?")
					.run(reason, untilUtc, id),
		);
	const told = async (login: string) => ((await failing(login, PASSWORD)) as AccountBlockedError).block;
	const soon = Date.now() + 3_600_000;

	it("is the reason of their own account's block, and its end", async () => {
		await block(3, "Unpaid", soon);
		expect(await told("client")).toEqual({ reason: "Unpaid", untilUtc: soon, timeZone: "UTC" });
		expect(await failing("client", "wrong")).not.toHaveProperty("block");
		await expect(signIn(attempt("client2", PASSWORD))).resolves.toBeDefined();
	});

	it("is not what was written to an account above, whose quarrels are none of theirs", async () => {
		await block(2, "You owe the platform", soon);
		expect(await told("client")).toEqual({ reason: null, untilUtc: soon, timeZone: "UTC" });
		expect(await told("dealer")).toMatchObject({ reason: "You owe the platform" });
	});

	it("ends with the last of the blocks in their way, and never while one has no end", async () => {
		await block(2, "above", soon + 1);
		await block(3, "own", soon);
		expect(await told("client")).toMatchObject({ reason: "own", untilUtc: soon + 1 });
		await block(2, "above", null);
		expect(await told("client")).toMatchObject({ reason: "own", untilUtc: null });
		await block(2, "above", Date.now() - 1);
		expect(await told("client")).toMatchObject({ reason: "own", untilUtc: soon });
	});
});

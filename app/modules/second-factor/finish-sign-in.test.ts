import { beforeEach, describe, expect, it, vi } from "vitest";
import { PENDING_MINUTES } from "#app/modules/access/session-token.server.ts";
import { AccountBlockedError, TooManyTriesError, WrongCredentialsError } from "#app/modules/access/sign-in.errors.ts";
import { signIn } from "#app/modules/access/sign-in.server.ts";
import { signedInBy } from "#app/modules/access/signed-in-by.server.ts";
import { addPeople, PASSWORD } from "#app/testing/people.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { finishSignIn } from "./finish-sign-in.server.ts";
import { SignInExpiredError, WrongCodeError } from "./second-factor.errors.ts";
import { TRIES_BY_CODE } from "./take-code.server.ts";
import { giveFactor } from "./testing/give-factor.ts";
import { totpCode } from "./totp.server.ts";

testBooks();
const NOW = 1_800_000_000_000;
let factor: Awaited<ReturnType<typeof giveFactor>>;
beforeEach(async () => {
	vi.useRealTimers();
	vi.useFakeTimers({ toFake: ["Date"], now: NOW });
	await addPeople();
	factor = await giveFactor(30);
});

const from = { address: "192.0.2.1", userAgent: "test" };
const requestWith = (token: string) => new Request("http://host/", { headers: { Cookie: `sid=${token}` } });
const begin = async (login = "client") => (await signIn({ login, password: PASSWORD, ...from })).token;
const finish = (token: string, code: string, address = "192.0.2.1") =>
	finishSignIn(requestWith(token), { code, address });
const failing = (...args: Parameters<typeof finish>) => finish(...args).catch((error: Error) => error);
const code = () => totpCode(factor.secret, Date.now());
const sessions = () =>
	readBooks((tx) => tx.sql<{ is_pending: number }>("SELECT is_pending FROM sign_in_sessions WHERE user_id = 30").all());

describe("after the right password of a person with a second factor", () => {
	it("nothing is open yet; a right code opens it, under a new token", async () => {
		const pending = await begin();
		expect(signedInBy(requestWith(pending))).toBeUndefined();
		const { token, firstPage } = await finish(pending, code());
		expect(token).not.toBe(pending);
		expect(firstPage).toBe("/client/campaigns");
		expect(signedInBy(requestWith(pending))).toBeUndefined();
		expect(signedInBy(requestWith(token))?.actor).toMatchObject({ userId: 30, account: { id: 3 } });
		expect(sessions()).toEqual([{ is_pending: 0 }]);
	});

	it("the audit tells a sign-in only once it is whole, and with what", async () => {
		const verbs = () => readBooks((tx) => tx.sql("SELECT verb, detail FROM audit WHERE account_id = 3").all());
		const pending = await begin();
		expect(verbs()).toEqual([]);
		await finish(pending, factor.codes[0]!);
		const detail = JSON.stringify({ address: "192.0.2.1", factor: "recovery", recoveryCodesLeft: 9 });
		expect(verbs()).toEqual([{ verb: "sign-in", detail }]);
	});

	it("of two with the same code side by side one gets in", async () => {
		const pendings = [await begin(), await begin()];
		const found = await Promise.all(pendings.map((pending) => failing(pending, code())));
		expect(found.filter((one) => one instanceof WrongCodeError)).toHaveLength(1);
		expect(sessions().filter((one) => one.is_pending === 0)).toHaveLength(1);
	});

	it("one finished sign-in is not finished a second time", async () => {
		const pending = await begin();
		await finish(pending, code());
		expect(await failing(pending, factor.codes[0]!)).toBeInstanceOf(SignInExpiredError);
	});

	it(`it waits ${PENDING_MINUTES} minutes and no longer`, async () => {
		const [early, late] = [await begin(), await begin()];
		vi.setSystemTime(NOW + PENDING_MINUTES * 60_000 - 1);
		await expect(finish(early, code())).resolves.toBeDefined();
		vi.setSystemTime(NOW + PENDING_MINUTES * 60_000);
		expect(await failing(late, factor.codes[0]!)).toBeInstanceOf(SignInExpiredError);
	});

	it("another's code, or a whole session's token, finishes nothing", async () => {
		const other = await giveFactor(50);
		const pending = await begin();
		expect(await failing(pending, totpCode(other.secret, NOW))).toBeInstanceOf(WrongCodeError);
		expect(await failing(pending, other.codes[0]!)).toBeInstanceOf(WrongCodeError);
		expect(await failing(await begin("dealer"), code())).toBeInstanceOf(SignInExpiredError);
		expect(await failing("", code())).toBeInstanceOf(SignInExpiredError);
	});

	it("a block meanwhile is told only after a right code, which stays unused", async () => {
		const pending = await begin();
		await inTx((tx) => tx.sql("UPDATE accounts SET state = 'blocked' WHERE id = 2").run());
		expect(await failing(pending, "000000")).toBeInstanceOf(WrongCodeError);
		expect(await failing(pending, factor.codes[0]!)).toBeInstanceOf(AccountBlockedError);
		await inTx((tx) => tx.sql("UPDATE accounts SET state = 'active' WHERE id = 2").run());
		await expect(finish(pending, factor.codes[0]!)).resolves.toBeDefined();
	});
});

it("a second factor set up while the password is looked at is asked for", async () => {
	const beginning = begin("client2");
	await giveFactor(50);
	expect(signedInBy(requestWith(await beginning))).toBeUndefined();
});

it("a password changed while it is looked at opens nothing", async () => {
	const beginning = begin("client2").catch((error: Error) => error);
	await inTx((tx) => tx.sql("UPDATE users SET password_hash = 'other' WHERE id = 50").run());
	expect(await beginning).toBeInstanceOf(WrongCredentialsError);
});

describe("tries at codes", () => {
	it("are limited by person, over all of its sign-ins, until the window is over; then the audit tells it once", async () => {
		for (let i = 0; i < TRIES_BY_CODE; i++)
			expect(await failing(await begin(), "000000", `192.0.2.${i}`)).toBeInstanceOf(WrongCodeError);
		const pending = await begin();
		for (const address of ["198.51.100.1", "198.51.100.2"])
			expect(await failing(pending, code(), address)).toMatchObject({
				constructor: TooManyTriesError,
				of: "code",
				limit: TRIES_BY_CODE,
			});
		const told = readBooks((tx) => tx.sql("SELECT account_id FROM audit WHERE verb = 'sign-in.guessing'").all());
		expect(told).toEqual([{ account_id: 3 }]);
		vi.setSystemTime(NOW + 16 * 60_000);
		await expect(finish(await begin(), code())).resolves.toBeDefined();
	});

	it("are counted when they come side by side, and forgotten after a right one", async () => {
		const pending = await begin();
		const side = await Promise.all(Array.from({ length: TRIES_BY_CODE + 3 }, () => failing(pending, "000000")));
		expect(side.filter((one) => one instanceof TooManyTriesError)).toHaveLength(3);
		vi.setSystemTime(NOW + 16 * 60_000);
		await finish(await begin(), code());
		const left = readBooks((tx) => tx.sql("SELECT * FROM sign_in_tries WHERE key = 'code:30'").all());
		expect(left).toEqual([]);
	});

	it("of one person shut out no other", async () => {
		const other = await giveFactor(50);
		const pending = await begin();
		for (let i = 0; i <= TRIES_BY_CODE; i++) await failing(pending, "000000");
		await expect(finish(await begin("client2"), totpCode(other.secret, NOW))).resolves.toBeDefined();
	});
});

import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Actor } from "#app/modules/access/actor.ts";
import { TRIES_BY_LOGIN } from "#app/modules/access/count-try.server.ts";
import { TooManyTriesError, WrongCredentialsError } from "#app/modules/access/sign-in.errors.ts";
import { signIn } from "#app/modules/access/sign-in.server.ts";
import { signedInBy } from "#app/modules/access/signed-in-by.server.ts";
import { addPeople, PASSWORD } from "#app/testing/people.ts";
import { testBooks } from "#db/testing/books.ts";
import { readBooks } from "#db/tx.ts";
import { beginSetUp, readSetUp, SET_UP_MINUTES } from "./begin-set-up.server.ts";
import { confirmSetUp } from "./confirm-set-up.server.ts";
import { getSecondFactor } from "./get-second-factor.server.ts";
import { renewCodes } from "./renew-codes.server.ts";
import { StaleSetUpError, WrongCodeError } from "./second-factor.errors.ts";
import { switchOff } from "./switch-off.server.ts";
import { giveFactor } from "./testing/give-factor.ts";
import { totpCode } from "./totp.server.ts";

testBooks();
const NOW = 1_800_000_000_000;
const ADDRESS = "192.0.2.1";
const requestWith = (token: string) => new Request("http://host/", { headers: { Cookie: `sid=${token}` } });
const open = async (login: string) => {
	const { token } = await signIn({ login, password: PASSWORD, address: ADDRESS, userAgent: "test" });
	return signedInBy(requestWith(token))!;
};
const failing = (deed: Promise<unknown>) => deed.catch((error: unknown) => error);
const begin = (actor: Actor, code?: string) => beginSetUp(actor, { password: PASSWORD, code }, ADDRESS);
const codeOf = (actor: Actor, setUp: string) => totpCode(readSetUp(actor, setUp).secret, Date.now());

let client: Awaited<ReturnType<typeof open>>;
beforeEach(async () => {
	vi.useRealTimers();
	vi.useFakeTimers({ toFake: ["Date"], now: NOW });
	await addPeople();
	client = await open("client");
});

describe("a set-up", () => {
	it("is nowhere in the books and changes nothing before its first code", async () => {
		const { actor } = client;
		const setUp = await begin(actor);
		const { secret } = readSetUp(actor, setUp);
		expect(setUp).not.toContain(secret);
		expect(getSecondFactor(actor)).toEqual({ isOn: false, codesLeft: 0, isDemanded: false });
		expect(await failing(confirmSetUp(client, { setUp, code: "000000" }))).toBeInstanceOf(WrongCodeError);
		expect(getSecondFactor(actor).isOn).toBe(false);
	});

	it("is finished by a code of it: ten recovery codes, other sessions end, that code signs nobody in", async () => {
		const { actor } = client;
		const elsewhere = await open("client");
		const setUp = await begin(actor);
		const code = codeOf(actor, setUp);
		expect(await confirmSetUp(client, { setUp, code })).toHaveLength(10);
		expect(getSecondFactor(actor)).toEqual({ isOn: true, codesLeft: 10, isDemanded: false });
		const sessions = readBooks((tx) => tx.sql("SELECT token_hash FROM sign_in_sessions WHERE user_id = 30").all());
		expect(sessions).toEqual([{ token_hash: client.tokenHash }]);
		expect(elsewhere.tokenHash).not.toBe(client.tokenHash);
		expect(await failing(switchOff(actor, { password: PASSWORD, code }, ADDRESS))).toBeInstanceOf(WrongCodeError);
		const told = readBooks((tx) => tx.sql("SELECT user_id FROM notices WHERE kind = 'second-factor.changed'").all());
		expect(told).toEqual([{ user_id: 30 }]);
	});

	it("is finished once; of two side by side the second is too late", async () => {
		const { actor } = client;
		const [one, two] = [await begin(actor), await begin(actor)];
		await confirmSetUp(client, { setUp: one, code: codeOf(actor, one) });
		for (const setUp of [one, two])
			expect(await failing(confirmSetUp(client, { setUp, code: codeOf(actor, setUp) }))).toBeInstanceOf(
				StaleSetUpError,
			);
	});

	it(`holds for ${SET_UP_MINUTES} minutes and for its person only`, async () => {
		const setUp = await begin(client.actor);
		const other = await open("client2");
		expect(() => readSetUp(other.actor, setUp)).toThrow(StaleSetUpError);
		expect(() => readSetUp(client.actor, "made up")).toThrow(StaleSetUpError);
		vi.setSystemTime(NOW + SET_UP_MINUTES * 60_000 + 1);
		expect(() => readSetUp(client.actor, setUp)).toThrow(StaleSetUpError);
	});

	it("on another phone asks for a code of the old one, and leaves that valid until it is finished", async () => {
		const { actor } = client;
		const { secret, codes } = await giveFactor(30);
		expect(await failing(begin(actor))).toBeInstanceOf(WrongCodeError);
		const setUp = await begin(actor, codes[0]);
		await renewCodes(actor, { password: PASSWORD, code: totpCode(secret, NOW) }, ADDRESS);
		await confirmSetUp(client, { setUp, code: codeOf(actor, setUp) });
		vi.setSystemTime(NOW + 60_000);
		const shown = { password: PASSWORD, code: totpCode(secret, Date.now()) };
		expect(await failing(switchOff(actor, shown, ADDRESS))).toBeInstanceOf(WrongCodeError);
		await switchOff(actor, { password: PASSWORD, code: codeOf(actor, setUp) }, ADDRESS);
		expect(getSecondFactor(actor)).toMatchObject({ isOn: false, codesLeft: 0 });
	});
});

describe("the password asked for again", () => {
	it("counts its tries together with those at sign-in", async () => {
		const { actor } = client;
		for (let i = 0; i < TRIES_BY_LOGIN; i++)
			expect(await failing(beginSetUp(actor, { password: "wrong" }, ADDRESS))).toBeInstanceOf(WrongCredentialsError);
		expect(await failing(begin(actor))).toBeInstanceOf(TooManyTriesError);
		expect(await failing(open("client"))).toBeInstanceOf(TooManyTriesError);
		await expect(open("client2")).resolves.toBeDefined();
	});

	it("stands before every change, and uses no code up where it is wrong", async () => {
		const { actor } = client;
		const { codes } = await giveFactor(30);
		const shown = { password: "wrong", code: codes[0]! };
		for (const deed of [switchOff, renewCodes, beginSetUp])
			expect(await failing(deed(actor, shown, ADDRESS))).toBeInstanceOf(WrongCredentialsError);
		expect(getSecondFactor(actor)).toMatchObject({ isOn: true, codesLeft: 10 });
	});
});

it("nobody who came in from outside does any of it", async () => {
	await giveFactor(30);
	const actor = { ...client.actor, behindUserId: 20 };
	const shown = { password: PASSWORD, code: "000000" };
	const deeds = [
		() => beginSetUp(actor, shown, ADDRESS),
		() => confirmSetUp({ ...client, actor }, { setUp: "", code: "000000" }),
		() => renewCodes(actor, shown, ADDRESS),
		() => switchOff(actor, shown, ADDRESS),
		async () => getSecondFactor(actor),
	];
	for (const deed of deeds) expect(((await failing(deed())) as Response).status).toBe(403);
});

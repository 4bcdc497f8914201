import { describe, expect, it } from "vitest";
import { findPasswordFlaw } from "./find-password-flaw.server.ts";
import { newPasswordField } from "./password.schema.ts";

const OWNER = { login: "petrov", name: "Ivan Petrenko", accountName: "Corner Shop", brand: "Northwind" };
const flawOf = (password: string) => findPasswordFlaw(password, OWNER);
const issueOf = (password: unknown) => newPasswordField.safeParse(password).error?.issues[0]?.message.split("|")[0];

describe("the field of a new password", () => {
	it.each([
		[undefined, "settings:password.error.required"],
		["", "settings:password.error.required"],
		["123456789", "settings:password.error.too_short"],
		["🙂".repeat(9), "settings:password.error.too_short"],
		["x".repeat(201), "settings:password.error.too_long"],
	])("refuses %j with its reason", (password, reason) => {
		expect(issueOf(password)).toBe(reason);
	});

	it.each(["1234567890", "🙂".repeat(10), "x".repeat(200), "  spaces  are kept  "])("takes %j as it is", (password) => {
		expect(newPasswordField.parse(password)).toBe(password);
	});
});

describe("a password that is refused", () => {
	it.each([
		["1234567890", "leaked"],
		["qwertyuiop", "leaked"],
		["QWERTYUIOP", "leaked"],
		["password123", "leaked"],
		["йцукенгшщз", "leaked"],
		["пароль12345", "easy"],
		["aaaaaaaaaaaa", "easy"],
		["P@ssw0rd2024", "easy"],
		["northwind2026", "easy"],
		["ivanpetrenko", "easy"],
		["cornershop1", "easy"],
		["passwordpassword", "easy"],
		["my-PETROV-word-8x!", "has_login"],
		["ｐｅｔｒｏｖ-word-8x!", "has_login"],
	])("%s: %s", async (password, flaw) => {
		expect(await flawOf(password)).toBe(`settings:password.error.${flaw}`);
	});

	it("is another's where it is made of what is known of that person only", async () => {
		const other = { login: "sidorova", name: "Olga", accountName: "Flower Shop", brand: "Southwind" };
		expect(await findPasswordFlaw("my-PETROV-word-8x!", other)).toBeUndefined();
	});
});

it.each([
	"correct horse battery",
	"m7Kq-w2Zr-9Tx",
	"зелёный трактор летит",
	"नमस्ते-बाज़ार-४७",
	`${"x".repeat(20)}Kq2!vBn4&mZp0`,
])("%s is good", async (password) => {
	expect(await flawOf(password)).toBeUndefined();
});

it("a login of two letters forbids no password", async () => {
	expect(await findPasswordFlaw("vase-Kq2!vBn4", { login: "va" })).toBeUndefined();
});

it("holds nothing else up, not even with the costliest inputs of the greatest length", async () => {
	const costly = ["p4$$w0rd".repeat(25), "@4(€3!1|0$57+".repeat(15), "12/11/2020".repeat(20)];
	await flawOf("warm-up: loads the thread");
	const used = process.cpuUsage();
	const usedHere = process.threadCpuUsage();
	await Promise.all(costly.map(flawOf));
	// The processor's time of this thread, and of all: what the machine's other processes take does not count.
	const here = process.threadCpuUsage(usedHere);
	const activeMs = (here.user + here.system) / 1000;
	expect(activeMs).toBeLessThan(20);
	expect(process.cpuUsage(used).user / 1000, "the work was done elsewhere in this process").toBeGreaterThan(activeMs);
});

import { Secret, URI } from "otpauth";
import { describe, expect, it } from "vitest";
import { newTotpSecret, totpCode, totpStep, totpUri } from "./totp.server.ts";

/** RFC 6238, appendix B: the SHA-1 secret, moments in seconds, and the last six of the eight digits given there. */
const SECRET = Secret.fromLatin1("12345678901234567890").base32;
const VECTORS: [seconds: number, code: string][] = [
	[59, "287082"],
	[1_111_111_109, "081804"],
	[1_111_111_111, "050471"],
	[1_234_567_890, "005924"],
	[2_000_000_000, "279037"],
	[20_000_000_000, "353130"],
];

it.each(VECTORS)("at second %i of RFC 6238 the code is %s, and is recognised", (seconds, code) => {
	expect(totpCode(SECRET, seconds * 1000)).toBe(code);
	expect(totpStep(SECRET, code, null, seconds * 1000)).toBe(Math.floor(seconds / 30));
});

describe("a code", () => {
	const at = 1_234_567_890_000;
	const step = Math.floor(at / 30_000);
	const codeAt = (steps: number) => totpCode(SECRET, at + steps * 30_000);

	it("of the step before and after is taken, as clocks differ, and none further away", () => {
		const found = [-2, -1, 0, 1, 2].map((steps) => totpStep(SECRET, codeAt(steps), null, at));
		expect(found).toEqual([undefined, step - 1, step, step + 1, undefined]);
	});

	it("of a step that has served, or of one before it, is not", () => {
		expect(totpStep(SECRET, codeAt(0), step, at)).toBeUndefined();
		expect(totpStep(SECRET, codeAt(-1), step, at)).toBeUndefined();
		expect(totpStep(SECRET, codeAt(1), step, at)).toBe(step + 1);
	});

	it("of another secret is none, nor is nothing", () => {
		expect(totpStep(newTotpSecret(), codeAt(0), null, at)).toBeUndefined();
		expect(totpStep(SECRET, "", null, at)).toBeUndefined();
	});
});

it("a secret has 160 bits and is never the same", () => {
	const secrets = Array.from({ length: 50 }, newTotpSecret);
	expect(new Set(secrets).size).toBe(50);
	for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/);
});

it("the address in the QR code is read by apps as it was meant, whatever the names are", () => {
	const uri = totpUri({ secret: SECRET, issuer: "Мой: бренд & Co", login: "анна@shop" });
	const { issuer, label, secret, digits, period, algorithm } = URI.parse(uri) as import("otpauth").TOTP;
	expect({ issuer, label, secret: secret.base32, digits, period, algorithm }).toEqual({
		issuer: "Мой бренд & Co",
		label: "анна@shop",
		secret: SECRET,
		digits: 6,
		period: 30,
		algorithm: "SHA1",
	});
});

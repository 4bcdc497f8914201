import { beforeEach, describe, expect, it, vi } from "vitest";
import { addPeople } from "#app/testing/people.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { countRecoveryCodes, renewRecoveryCodes } from "./recovery-codes.server.ts";
import { takeCode } from "./take-code.server.ts";
import { giveFactor } from "./testing/give-factor.ts";
import { totpCode } from "./totp.server.ts";

testBooks();
const NOW = 1_800_000_000_000;
const CLIENT = { userId: 30, accountId: 3 };
const CLIENT2 = { userId: 50, accountId: 5 };
let client: Awaited<ReturnType<typeof giveFactor>>;
beforeEach(async () => {
	vi.useRealTimers();
	vi.useFakeTimers({ toFake: ["Date"], now: NOW });
	await addPeople();
	client = await giveFactor(30);
});

const take = (owner: typeof CLIENT, code: string) => inTx((tx) => takeCode(tx, owner, code));

describe("a code of the phone", () => {
	it("serves once, and the next one after it", async () => {
		const code = totpCode(client.secret, NOW);
		expect(await take(CLIENT, code)).toBe("totp");
		expect(await take(CLIENT, code)).toBeNull();
		expect(await take(CLIENT, totpCode(client.secret, NOW + 30_000))).toBe("totp");
	});

	it("serves one of two who come with it side by side", async () => {
		const code = totpCode(client.secret, NOW);
		const found = await Promise.all([take(CLIENT, code), take(CLIENT, code), take(CLIENT, code)]);
		expect(found.filter(Boolean)).toEqual(["totp"]);
	});

	it("is read as people type it, in the digits of their script", async () => {
		const code = totpCode(client.secret, NOW);
		const arabic = [...code].map((digit) => String.fromCharCode(0x0660 + Number(digit))).join("");
		expect(await take(CLIENT, ` ${arabic.slice(0, 3)} ${arabic.slice(3)} `)).toBe("totp");
	});

	it("is worth nothing for another person, nor for one without a second factor", async () => {
		await giveFactor(50);
		const code = totpCode(client.secret, NOW);
		expect(await take(CLIENT2, code)).toBeNull();
		expect(await take({ userId: 20, accountId: 2 }, code)).toBeNull();
		expect(await take({ userId: 30, accountId: 5 }, code)).toBeNull();
		expect(await take(CLIENT, code)).toBe("totp");
	});

	it("is made by no secret that was moved to another person's row", async () => {
		await inTx((tx) =>
			tx.sql("UPDATE users SET sealed_totp = (SELECT sealed_totp FROM users WHERE id = 30) WHERE id = 50").run(),
		);
		await expect(take(CLIENT2, totpCode(client.secret, NOW))).rejects.toThrow();
	});
});

describe("a recovery code", () => {
	it("serves once; the others stay", async () => {
		expect(client.codes).toHaveLength(10);
		expect(await take(CLIENT, client.codes[4]!)).toBe("recovery");
		expect(await take(CLIENT, client.codes[4]!)).toBeNull();
		expect(readBooks((tx) => countRecoveryCodes(tx, CLIENT))).toBe(9);
		expect(await take(CLIENT, client.codes[5]!)).toBe("recovery");
	});

	it("is read from paper in any case, with or without its groups, O for 0 and I for 1", async () => {
		const typed = client.codes[0]!.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "i");
		expect(await take(CLIENT, typed)).toBe("recovery");
	});

	it("is worth nothing for another person, nor once there are new ones", async () => {
		await giveFactor(50);
		expect(await take(CLIENT2, client.codes[0]!)).toBeNull();
		const renewed = await inTx((tx) => renewRecoveryCodes(tx, CLIENT));
		expect(await take(CLIENT, client.codes[0]!)).toBeNull();
		expect(await take(CLIENT, renewed[0]!)).toBe("recovery");
	});

	it("has 75 bits and stands in the books as a hash only", () => {
		const kept = JSON.stringify(readBooks((tx) => tx.sql("SELECT * FROM recovery_codes, users").all()));
		for (const code of client.codes) {
			expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){2}$/);
			expect(kept).not.toContain(code);
			expect(kept).not.toContain(code.replaceAll("-", ""));
		}
		expect(kept).not.toContain(client.secret);
	});
});

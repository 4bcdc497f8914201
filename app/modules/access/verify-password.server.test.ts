import { expect, test } from "vitest";
import { hashPassword } from "./hash-password.server.ts";
import { verifyPassword } from "./verify-password.server.ts";

test("a password fits its own hash and no other does", async () => {
	const hash = await hashPassword("correct horse");
	expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
	expect(await verifyPassword("correct horse", hash)).toBe(true);
	expect(await verifyPassword("correct horsf", hash)).toBe(false);
	expect(await hashPassword("correct horse")).not.toBe(hash);
});

test("letters count, not code points", async () => {
	expect(await verifyPassword("caf\u00e9", await hashPassword("cafe\u0301"))).toBe(true);
});

test("an unknown login is refused, whatever the password", async () => {
	expect(await verifyPassword("nobody's", undefined)).toBe(false);
});

test("a hash made elsewhere with other parameters is read", async () => {
	// `echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 -l 32`: a vector of the reference implementation's own tests.
	const foreign = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
	expect(await verifyPassword("password", foreign)).toBe(true);
});

test("a hash that cannot be read lets nobody in", async () => {
	expect(await verifyPassword("x", "plain")).toBe(false);
});

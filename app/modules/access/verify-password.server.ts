import { argon2, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { hashPassword, normalise } from "./hash-password.server.ts";

const derive = promisify(argon2);
const phc = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** The hash of nobody's password, made once: an unknown login takes as long as a wrong password. */
let nobodys: Promise<string> | undefined;

/**
 * Whether this is the password of that hash. Call it with undefined for a login that does not exist: it takes the same time
 * and is false. False too for a hash that cannot be read.
 */
export async function verifyPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
	nobodys ??= hashPassword("nobody's");
	const found = phc.exec(passwordHash ?? (await nobodys));
	if (!found) return false;
	const [, memory, passes, lanes, salt, hash] = found;
	const expected = Buffer.from(hash!, "base64");
	const derived = await derive("argon2id", {
		message: normalise(password),
		nonce: Buffer.from(salt!, "base64"),
		parallelism: Number(lanes),
		tagLength: expected.length,
		memory: Number(memory),
		passes: Number(passes),
	});
	return timingSafeEqual(derived, expected) && passwordHash !== undefined;
}

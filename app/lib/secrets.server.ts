import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { env } from "./env.ts";

let root: Buffer | undefined;

/** The installation's key: SECRET_KEY, else DATA_DIR/secret.key, made on first use (mode 0600). */
function rootKey(): Buffer {
	if (root) return root;
	const given = env().SECRET_KEY;
	if (given) {
		root = Buffer.from(given, "hex");
		return root;
	}
	const path = join(env().DATA_DIR, "secret.key");
	try {
		// "wx": of two processes that start together, one makes the key and the other reads it.
		const file = openSync(path, "wx", 0o600);
		writeSync(file, randomBytes(32).toString("hex"));
		fsyncSync(file);
		closeSync(file);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
	}
	const hex = readFileSync(path, "utf8").trim();
	if (!/^[0-9a-f]{64}$/.test(hex)) throw new Error(`${path} is not a key: 64 hex digits are expected`);
	root = Buffer.from(hex, "hex");
	return root;
}

function keyFor(purpose: string, of = rootKey()): Buffer {
	return Buffer.from(hkdfSync("sha256", of, "", purpose, 32));
}

/** Tells a key from others, and nothing else of it. @param hex another key than the installation's own. */
export function keyMark(hex?: string): string {
	const key = keyFor("key-mark", hex === undefined ? rootKey() : Buffer.from(hex, "hex"));
	return key.toString("hex").slice(0, 16);
}

/** AES-256-GCM; `context` (e.g. "provider:7") is authenticated, so that a sealed value cannot be moved to another row. */
export function seal(plain: string, context: string): string {
	const iv = randomBytes(12);
	const cipher = createCipheriv("aes-256-gcm", keyFor("seal"), iv);
	cipher.setAAD(Buffer.from(context));
	const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
	return Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url");
}

/** @throws when the value was sealed with another key or for another context. */
export function unseal(sealed: string, context: string): string {
	const bytes = Buffer.from(sealed, "base64url");
	const decipher = createDecipheriv("aes-256-gcm", keyFor("seal"), bytes.subarray(0, 12));
	decipher.setAAD(Buffer.from(context));
	decipher.setAuthTag(bytes.subarray(12, 28));
	return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
}

/** The unguessable part of a provider's callback address: derived, so that it is stored nowhere and checked without the books. */
export function callbackToken(providerId: number, version: number): string {
	return createHmac("sha256", keyFor("callback")).update(`${providerId}:${version}`).digest("base64url");
}

/** 32 bytes that only this installation derives from a text: stored nowhere, the same each time. */
export function deriveSeed(purpose: string, text: string): Buffer {
	return createHmac("sha256", keyFor(purpose)).update(text).digest();
}

/** Compares without telling by time how much was right. */
export function isSameSecret(a: string, b: string): boolean {
	const left = Buffer.from(a);
	const right = Buffer.from(b);
	return left.length === right.length && timingSafeEqual(left, right);
}

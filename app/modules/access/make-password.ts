import { createHmac, randomBytes } from "node:crypto";

/** Without letters that are taken for each other; 20 of these 57 are 116 bits. */
const LETTERS = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const LENGTH = 20;
/** Bytes from here on would make the first letters likelier than the last. */
const FAIR = 256 - (256 % LETTERS.length);

/** A password that nobody guesses; the same for the same seed (32 random or derived bytes). */
export function makePassword(seed: Buffer = randomBytes(32)): string {
	let password = "";
	for (let round = 0; password.length < LENGTH; round++) {
		const bytes = createHmac("sha512", seed).update(String(round)).digest();
		for (const byte of bytes) if (byte < FAIR && password.length < LENGTH) password += LETTERS[byte % LETTERS.length];
	}
	return password;
}

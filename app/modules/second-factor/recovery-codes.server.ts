import { createHash, randomBytes } from "node:crypto";
import type { Tx } from "#db/tx.ts";
import type { CodeOwner } from "./take-code.server.ts";

export const RECOVERY_CODES = 10;
/** Crockford's: no letter that is read as another or as a digit. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** Of five bits each: 75 bits are guessed by nobody, not even from the hashes. */
const LETTERS = 15;
const GROUP = /.{5}(?=.)/g;

/** Puts new codes in the place of all that the person had. Returns them as they are shown, once: "7K2MN-4XW9Q-B3C8D". */
export function renewRecoveryCodes(tx: Tx, { userId, accountId }: CodeOwner): string[] {
	tx.sql("DELETE FROM recovery_codes WHERE user_id = ? AND account_id = ?").run(userId, accountId);
	const codes = Array.from({ length: RECOVERY_CODES }, newCode);
	for (const code of codes)
		tx.sql("INSERT INTO recovery_codes (account_id, user_id, code_hash) VALUES (?, ?, ?)").run(
			accountId,
			userId,
			hashRecoveryCode(userId, code),
		);
	return codes.map((code) => code.replace(GROUP, "$&-"));
}

/** How many are left to use. */
export function countRecoveryCodes(tx: Tx, { userId, accountId }: CodeOwner): number {
	return tx
		.sql<{ count: number }>(
			"SELECT count(*) AS count FROM recovery_codes WHERE user_id = ? AND account_id = ? AND used_at_utc IS NULL",
		)
		.get(userId, accountId)!.count;
}

/** Uses a code up; false: it is none of the person's, or has served already. */
export function useRecoveryCode(tx: Tx, { userId, accountId }: CodeOwner, typed: string, now = Date.now()): boolean {
	const { changes } = tx
		.sql(
			`UPDATE recovery_codes SET used_at_utc = ?
			WHERE user_id = ? AND account_id = ? AND code_hash = ? AND used_at_utc IS NULL`,
		)
		.run(now, userId, accountId, hashRecoveryCode(userId, asWritten(typed)));
	return changes === 1;
}

/** What somebody typed from paper, as the code was made: whatever the case and the spaces, and with O for 0, I or L for 1. */
function asWritten(typed: string): string {
	return typed
		.toUpperCase()
		.replace(/[^0-9A-Z]/g, "")
		.replaceAll("O", "0")
		.replace(/[IL]/g, "1");
}

function newCode(): string {
	return Array.from(randomBytes(LETTERS), (byte) => ALPHABET[byte & 31]).join("");
}

/** The code is random through and through, so that a plain hash is enough; the person's id keeps one table from serving for all. */
function hashRecoveryCode(userId: number, code: string): string {
	return createHash("sha256").update(`recovery:${userId}:${code}`).digest("base64url");
}

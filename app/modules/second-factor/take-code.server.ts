import { asciiDigits } from "#app/lib/ascii-digits.ts";
import { unseal } from "#app/lib/secrets.server.ts";
import type { TryLimit } from "#app/modules/access/count-try.server.ts";
import type { Tx } from "#db/tx.ts";
import { useRecoveryCode } from "./recovery-codes.server.ts";
import { totpStep } from "./totp.server.ts";

/** Whose codes they are. */
export interface CodeOwner {
	userId: number;
	accountId: number;
}

/** What the secret is sealed for: it cannot be moved to another person's row. */
export const totpContext = (userId: number): string => `totp:${userId}`;

/** Of six digits three are right at a time: 5 tries in a window leave a guesser 1 chance in 700 a day, and the person is told. */
export const TRIES_BY_CODE = 5;

/** Tries at a person's codes, wherever they are asked for. */
export const byCode = (userId: number): TryLimit => ({ key: `code:${userId}`, of: "code", limit: TRIES_BY_CODE });

/**
 * Takes a code of the phone or a recovery code, in the transaction of what it opens: each serves once, and of two who come with
 * the same one only the first gets through. Count the try before (`byCode`).
 *
 * @returns which of the two it was; null: it is wrong, has served, or the person has no second factor.
 */
export function takeCode(tx: Tx, owner: CodeOwner, typed: string, now = Date.now()): "totp" | "recovery" | null {
	const { userId, accountId } = owner;
	const row = tx
		.sql<{ sealed: string | null; lastStep: number | null }>(
			"SELECT sealed_totp AS sealed, totp_step AS lastStep FROM users WHERE id = ? AND account_id = ?",
		)
		.get(userId, accountId);
	if (!row?.sealed) return null;
	const digits = readTotpCode(typed);
	if (digits === undefined) return useRecoveryCode(tx, owner, asciiDigits(typed), now) ? "recovery" : null;
	const step = totpStep(unseal(row.sealed, totpContext(userId)), digits, row.lastStep, now);
	if (step === undefined) return null;
	const { changes } = tx
		.sql("UPDATE users SET totp_step = ? WHERE id = ? AND account_id = ? AND coalesce(totp_step, -1) < ?")
		.run(step, userId, accountId, step);
	return changes === 1 ? "totp" : null;
}

/** The six digits that the phone shows, with whatever spaces and digits of whatever script; undefined: it is no such code. */
export function readTotpCode(typed: string): string | undefined {
	const digits = asciiDigits(typed).replace(/[^0-9A-Za-z]/g, "");
	return /^\d{6}$/.test(digits) ? digits : undefined;
}

import type { Tx } from "#db/tx.ts";
import type { CodeOwner } from "./take-code.server.ts";

/** A person's secret and recovery codes go; false: there was none. */
export function forgetSecondFactor(tx: Tx, { userId, accountId }: CodeOwner): boolean {
	tx.sql("DELETE FROM recovery_codes WHERE user_id = ? AND account_id = ?").run(userId, accountId);
	const { changes } = tx
		.sql(
			`UPDATE users SET sealed_totp = NULL, totp_step = NULL
			WHERE id = ? AND account_id = ? AND sealed_totp IS NOT NULL`,
		)
		.run(userId, accountId);
	return changes === 1;
}

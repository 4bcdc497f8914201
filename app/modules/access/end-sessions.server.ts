import type { Tx } from "#db/tx.ts";
import { endImpersonations } from "./end-impersonations.server.ts";

/**
 * Ends sessions of a person, and writes down the end of the cabinets that they were inside of. Every living session that is ended
 * is ended here.
 *
 * @param which `only` this one, or all `except` this one (hashes of tokens); {}: all.
 * @returns how many.
 */
export function endSessions(
	tx: Tx,
	person: { userId: number; accountId: number },
	which: { only?: string; except?: string } = {},
): number {
	const sessions = tx
		.sql<{ tokenHash: string; impersonationId: number | null }>(
			`SELECT token_hash AS tokenHash, impersonation_id AS impersonationId FROM sign_in_sessions
			WHERE user_id = ? AND account_id = ? AND token_hash = coalesce(?, token_hash) AND token_hash <> coalesce(?, '')`,
		)
		.all(person.userId, person.accountId, which.only ?? null, which.except ?? null);
	for (const { tokenHash, impersonationId } of sessions) {
		endImpersonations(tx, person.userId, impersonationId);
		tx.sql("DELETE FROM sign_in_sessions WHERE token_hash = ? AND account_id = ?").run(tokenHash, person.accountId);
	}
	return sessions.length;
}

import type { Actor } from "#app/modules/access/actor.ts";
import type { Tx } from "#db/tx.ts";

/**
 * Notes who did what for whom, in the transaction that did it.
 *
 * @param verb "campaign.start"
 * @param subject "campaign:12"
 */
export function writeAudit(
	tx: Tx,
	actor: Actor,
	verb: string,
	subject: string,
	detail?: Record<string, string | number | boolean | null>,
): void {
	tx.sql(
		"INSERT INTO audit (account_id, at_utc, user_id, behind_user_id, verb, subject, detail) VALUES (?, ?, ?, ?, ?, ?, ?)",
	).run(
		actor.account.id,
		Date.now(),
		actor.userId,
		actor.behindUserId,
		verb,
		subject,
		detail ? JSON.stringify(detail) : null,
	);
}

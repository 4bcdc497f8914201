import type { Actor } from "#app/modules/access/actor.ts";
import type { Tx } from "#db/tx.ts";
import type { WrittenEntry } from "#jobs/wire/writes/written-entry.ts";
import type { AuditVerb } from "./audit-verbs.ts";
import { subjectName } from "./subject-name.server.ts";

export type AuditDetail = Record<string, string | number | boolean | null | string[]>;

export interface AuditEntry {
	/** The account acted for. */
	accountId: number;
	/** Of the account that it was done to (the one acted for, where it is the same): everybody from there up to the root can read it. */
	path: string;
	/** Null: the system itself. */
	userId: number | null;
	behindUserId?: number | null;
	/** "campaign.start" */
	verb: AuditVerb;
	/** "campaign:12" */
	subject: string;
	detail?: AuditDetail;
}

/**
 * Writes an entry of the audit, in the transaction that did it, and in whose scope it happened. Where the books may be lost the wire hears of it
 * as well, before its asker is told (docs/decisions/083).
 */
export function insertAudit(tx: Tx, entry: AuditEntry): void {
	const atUtc = Date.now();
	const { lastInsertRowid } = tx
		.sql(
			"INSERT INTO audit (account_id, at_utc, user_id, behind_user_id, verb, subject, detail) VALUES (?, ?, ?, ?, ?, ?, ?)",
		)
		.run(
			entry.accountId,
			atUtc,
			entry.userId,
			entry.behindUserId ?? null,
			entry.verb,
			entry.subject,
			entry.detail ? JSON.stringify(entry.detail) : null,
		);
	const ids = entry.path.split("/").filter(Boolean).map(Number);
	tx.sql("INSERT INTO audit_scopes (account_id, audit_id) SELECT value, ? FROM json_each(?)").run(
		lastInsertRowid,
		JSON.stringify(ids),
	);
	tx.note?.({
		auditId: Number(lastInsertRowid),
		accountId: entry.accountId,
		path: entry.path,
		atUtc,
		userId: entry.userId,
		behindUserId: entry.behindUserId ?? null,
		verb: entry.verb,
		subject: entry.subject,
		name: subjectName(tx, entry.subject),
		detail: entry.detail ?? null,
	} satisfies WrittenEntry);
}

/**
 * Notes who did what for whom, in the transaction that did it.
 *
 * @param verb "campaign.start"
 * @param subject "campaign:12"
 * @param aboutPath of the account that it was done to, where that is not the one acted for: it reads the entry in its own log.
 */
export function writeAudit(
	tx: Tx,
	actor: Actor,
	verb: AuditVerb,
	subject: string,
	detail?: AuditDetail,
	aboutPath: string = actor.account.path,
): void {
	const { userId, behindUserId } = actor;
	insertAudit(tx, { accountId: actor.account.id, path: aboutPath, userId, behindUserId, verb, subject, detail });
}

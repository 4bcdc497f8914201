import type { AuditDetail } from "#app/modules/audit/write-audit.server.ts";

/** An entry of the audit as the wire keeps it, so that it can be told of when the books have lost it. */
export interface WrittenEntry {
	auditId: number;
	/** The account acted for. */
	accountId: number;
	/** Of the account that it was done to. */
	path: string;
	/** Unix ms. */
	atUtc: number;
	/** Null: the system itself. */
	userId: number | null;
	behindUserId: number | null;
	verb: string;
	/** "campaign:12" */
	subject: string;
	/** What the subject was called; null: it has no name. */
	name: string | null;
	detail: AuditDetail | null;
}

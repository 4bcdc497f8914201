import type { Actor } from "#app/modules/access/actor.ts";
import { shownTyped } from "#app/modules/access/shown-numbers.ts";
import type { Tx } from "#db/tx.ts";
import { CollectionNotFoundError } from "./audience.errors.ts";
import type { ReadFailure, RejectReason } from "./audience.ts";

export const REJECTS_A_PAGE = 50;

export interface Audience {
	id: number;
	/** The file's name; empty for pasted text. */
	name: string;
	country: string;
	state: "reading" | "ready" | "failed";
	failure: ReadFailure | null;
	uploadId: string | null;
	sizeBytes: number;
	readBytes: number;
	readLines: number;
	validCount: number;
	duplicateCount: number;
	badCount: number;
	createdAtUtc: number;
}

/**
 * A collection of an account with what its reading has come to. `accountId` is the actor's, or that of a campaign in its scope.
 *
 * @throws CollectionNotFoundError.
 */
export function getAudience(tx: Tx, accountId: number, collectionId: number): Audience {
	const audience = tx
		.sql<Audience>(
			`SELECT id, name, country, state, failure, upload_id AS uploadId, size_bytes AS sizeBytes, read_bytes AS readBytes,
			        read_lines AS readLines, valid_count AS validCount, duplicate_count AS duplicateCount, bad_count AS badCount,
			        created_at_utc AS createdAtUtc
			   FROM collections WHERE id = ? AND account_id = ?`,
		)
		.get(collectionId, accountId);
	if (!audience) throw new CollectionNotFoundError(`no collection ${collectionId}`);
	return audience;
}

export interface Reject {
	line: number;
	cell: number;
	typed: string;
	reason: RejectReason;
}

/** Numbers that became no contact, in the order of the source, 50 a page. `after`: line and cell of the last of the page before.
 * Whoever may not see numbers gets what was typed masked. */
export function listRejects(
	tx: Tx,
	actor: Actor,
	accountId: number,
	collectionId: number,
	after: { line: number; cell: number },
): { rejects: Reject[]; next: { line: number; cell: number } | null } {
	const rows = tx
		.sql<Reject>(
			`SELECT line, cell, typed, reason FROM contact_rejects
			  WHERE collection_id = ? AND account_id = ? AND (line, cell) > (?, ?) ORDER BY line, cell LIMIT ?`,
		)
		.all(collectionId, accountId, after.line, after.cell, REJECTS_A_PAGE + 1);
	const rejects = rows.slice(0, REJECTS_A_PAGE).map((row) => ({ ...row, typed: shownTyped(actor, row.typed) }));
	const last = rejects.at(-1);
	return { rejects, next: rows.length > REJECTS_A_PAGE && last ? { line: last.line, cell: last.cell } : null };
}

import { writeConnection } from "#db/client.ts";

/** The order in which transactions were committed, written within each of them: what a naive model is to go by. */
export const JOURNAL_TABLE = `CREATE TABLE storm_journal (seq INTEGER PRIMARY KEY AUTOINCREMENT, op TEXT NOT NULL,
	began_at INTEGER NOT NULL, committed_at INTEGER NOT NULL)`;

export interface Entry {
	/** keyOf the operation, or a claimKey. */
	op: string;
	/** Unix ms. */
	beganAt: number;
	committedAt: number;
}

/** The two moments at which a death tells most: nothing is kept yet, and all is but nobody was told. */
export type DeathAt = "before commit" | "behind commit";

/**
 * Has every transaction of this process that changes anything note which operation it was for, as its own last change; what changed
 * nothing leaves no trace.
 *
 * @param at called at both moments of each such transaction.
 */
export function journalCommits(currentOp: () => string, at: (moment: DeathAt) => void): void {
	const { raw } = writeConnection();
	const exec = raw.exec.bind(raw);
	const changesSoFar = raw.prepare("SELECT total_changes()").pluck();
	const note = raw.prepare("INSERT INTO storm_journal (op, began_at, committed_at) VALUES (?, ?, ?)");
	let before: unknown;
	let beganAt = 0;
	raw.exec = (sql) => {
		if (sql !== "COMMIT") {
			exec(sql);
			beganAt = Date.now();
			before = changesSoFar.get();
			return raw;
		}
		const hasChanged = changesSoFar.get() !== before;
		if (hasChanged) {
			note.run(currentOp(), beganAt, Date.now());
			at("before commit");
		}
		exec(sql);
		if (hasChanged) at("behind commit");
		return raw;
	};
}

/** What stands in the journal for messages that were claimed, and for those that were given back when their worker had died. */
export function claimKey(what: "claim" | "back", campaignId: number, firstMessageId: number, count: number): string {
	return [what, campaignId, firstMessageId, count].join(" ");
}

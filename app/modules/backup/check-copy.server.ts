import type Database from "better-sqlite3";

const FLAWS_SHOWN = 5;

/** A copy of the books is not whole; its message says in what. */
export class DamagedCopyError extends Error {
	override name = "DamagedCopyError";
}

/** Has SQLite look through every page and every reference of a copy. @throws DamagedCopyError */
export function checkCopy(copy: Database.Database): void {
	const flaws = copy.prepare(`PRAGMA integrity_check(${FLAWS_SHOWN})`).pluck().all() as string[];
	if (flaws.join() !== "ok") throw new DamagedCopyError(`the copy is damaged: ${flaws.join("; ")}`);
	const strays = copy.prepare("PRAGMA foreign_key_check").all().length;
	if (strays > 0) throw new DamagedCopyError(`${strays} rows of the copy refer to rows that are not there`);
}

/** A failure that a person can mend; its message says in one line what is wrong and what to do, and no stack is shown. */
export class PlainError extends Error {
	override name = "PlainError";
}

/** One line for a failure of the system's, where its cause is known; undefined for what must be a mistake of ours. */
export function explain(error: unknown, where: string): string | undefined {
	if (error instanceof PlainError) return error.message;
	const { code, message, path } = error as NodeJS.ErrnoException;
	const place = path ?? where;
	if (
		code === "ENOSPC" ||
		code === "EDQUOT" ||
		code === "SQLITE_FULL" ||
		/No space left|disk full/i.test(message ?? "")
	)
		return `The disk is full: ${where} needs some room`;
	if (code === "EACCES" || code === "EPERM" || code === "EROFS" || code === "SQLITE_READONLY")
		return `This user may not write to ${place}: give it the right, or set DATA_DIR to another folder`;
	if (code === "ENOTDIR" || code === "EEXIST") return `${where} is not a folder`;
	if (code === "SQLITE_CANTOPEN") return `The books in ${where} cannot be opened: ${message}`;
	if (code === "SQLITE_CORRUPT" || code === "SQLITE_NOTADB") return `The books in ${where} are damaged: ${message}`;
	if (code === "ECONNREFUSED" || code === "ENOTFOUND" || code === "28P01" || code === "3D000")
		return `Postgres cannot be reached by JOBS_DATABASE_URL: ${message || code}`;
	if (/Postgres/.test(message ?? "")) return message;
	return undefined;
}

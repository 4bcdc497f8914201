import type Database from "better-sqlite3";
import type { CopyFacts } from "./backup-files.ts";

/** Counts what a copy of the books holds. Reads every table: only on a copy that nobody else uses. */
export function copyFacts(copy: Database.Database): CopyFacts {
	const setting = (key: string) =>
		copy.prepare("SELECT value FROM settings WHERE key = ?").pluck().get(key) as string | undefined;
	const tables = copy
		.prepare(
			"SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
		)
		.pluck()
		.all() as string[];
	const rows: Record<string, number> = {};
	for (const table of tables) rows[table] = copy.prepare(`SELECT count(*) FROM "${table}"`).pluck().get() as number;
	const sums = copy
		.prepare("SELECT kind, CAST(sum(balance_micros) AS TEXT) AS sum FROM ledger_books GROUP BY kind ORDER BY kind")
		.all() as { kind: string; sum: string }[];
	return {
		installationId: setting("installation_id") ?? "",
		currency: setting("currency") ?? "",
		wireMark: Number(setting("wire_mark") ?? 0),
		wireLine: setting("wire_line") ?? "",
		migrations: rows.__drizzle_migrations ?? 0,
		rows,
		balances: Object.fromEntries(sums.map(({ kind, sum }) => [kind, sum])),
	};
}

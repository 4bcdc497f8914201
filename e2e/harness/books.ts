import { join } from "node:path";
import Database from "better-sqlite3";
import type { App } from "./start-app.ts";

/** One statement on the books of a running installation: for what a story cannot wait for. Returns the rows, if it gives any. */
export function inBooks<Row = Record<string, unknown>>(app: App, sql: string, ...values: unknown[]): Row[] {
	const books = new Database(join(app.dataDir, "books.db"), { timeout: 5_000 });
	try {
		const statement = books.prepare(sql);
		if (statement.reader) return statement.all(...values) as Row[];
		statement.run(...values);
		return [];
	} finally {
		books.close();
	}
}

/** Of the demo: the account whose owner this is. */
export function accountIdOf(app: App, ownerLogin: string): number {
	return inBooks<{ id: number }>(app, "SELECT id FROM accounts WHERE owner_login = ?", ownerLogin)[0]!.id;
}

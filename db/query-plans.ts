import { readConnection } from "#db/client.ts";
import { readBooks, type Tx } from "#db/tx.ts";

export interface QueryPlan {
	sql: string;
	/** The lines of EXPLAIN QUERY PLAN. */
	lines: string[];
}

/** Runs `read` and tells how SQLite answers each statement that it asked, each once. */
export function plansOf(read: (tx: Tx) => unknown): QueryPlan[] {
	const asked = new Set<string>();
	readBooks((tx) => {
		const listening: Tx = {
			...tx,
			sql: (text) => {
				asked.add(text);
				return tx.sql(text);
			},
		};
		read(listening);
		return null;
	});
	const { raw } = readConnection();
	return [...asked].map((sql) => {
		const statement = raw.prepare(`EXPLAIN QUERY PLAN ${sql}`);
		// A plan is the same whatever is bound; unbound is null.
		const named = Object.fromEntries([...sql.matchAll(/@(\w+)/g)].map((found) => [found[1], null]));
		const marks = [...sql.matchAll(/\?/g)].map(() => null);
		const rows = (Object.keys(named).length > 0 ? statement.all(named) : statement.all(...marks)) as {
			detail: string;
		}[];
		return { sql, lines: rows.map((row) => row.detail) };
	});
}

/**
 * Plans that read a table of accounts from one end to the other. A walk along an index in the list's order is none where its
 * statement ends it by a limit of its own.
 */
export function fullScans(plans: readonly QueryPlan[]): string[] {
	return plans.flatMap(({ sql, lines }) =>
		lines
			.filter((line) => /^SCAN (a|accounts|users|campaigns|c|s|u)\b/.test(line) && !/VIRTUAL TABLE/.test(line))
			// A part of the table, and never more than the limit.
			.filter((line) => !(/INDEX accounts_(dealers|not_active)$/.test(line) && /LIMIT/.test(sql)))
			.filter((line) => !(/^SCAN a\b/.test(line) && /LIMIT @left/.test(sql)))
			.map((line) => `${line}: ${sql}`),
	);
}

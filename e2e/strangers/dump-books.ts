import { readConnection } from "#db/client.ts";

/** The sidecar moves it by the clock (docs/decisions/081), whoever asks for what. */
const MARK = '{"key":"wire_mark",';

/** Every row of the books by its table, as text, but for what moves by itself. Full-text tables follow from the others. */
export function dumpBooks(): Map<string, string[]> {
	const { raw } = readConnection();
	const tables = raw
		.prepare(
			"SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'account_search%' AND name NOT LIKE 'sqlite_%'",
		)
		.pluck()
		.all() as string[];
	return new Map(
		tables.map((table) => [
			table,
			raw
				.prepare(`SELECT * FROM "${table}"`)
				.all()
				.map((row) => JSON.stringify(row))
				.filter((row) => !(table === "settings" && row.startsWith(MARK))),
		]),
	);
}

/** Rows that are in one dump only, with their table: "- users {…}" was there before, "+ users {…}" came. */
export function changes(before: Map<string, string[]>, after: Map<string, string[]>): string[] {
	return [...new Set([...before.keys(), ...after.keys()])].flatMap((table) => {
		const [was, is] = [new Set(before.get(table)), new Set(after.get(table))];
		const gone = [...was].filter((row) => !is.has(row)).map((row) => `- ${table} ${row}`);
		return [...gone, ...[...is].filter((row) => !was.has(row)).map((row) => `+ ${table} ${row}`)];
	});
}

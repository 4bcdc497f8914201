import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Connection } from "./client.ts";

interface Journal {
	/** `when`: Unix ms. */
	entries: { when: number }[];
}

export const MIGRATIONS = fileURLToPath(new URL("./migrations", import.meta.url));

let journal: Journal | undefined;

function readJournal(): Journal {
	journal ??= JSON.parse(readFileSync(join(MIGRATIONS, "meta", "_journal.json"), "utf8")) as Journal;
	return journal;
}

/** How many migrations this code has. */
export function migrationsKnown(): number {
	return readJournal().entries.length;
}

/** Whether the books have all of this code's migrations. As drizzle itself sees it: the newest of its journal is the last that its table holds. */
export function hasOwnSchema({ raw }: Connection): boolean {
	const newest = readJournal().entries.at(-1)!.when;
	const table = raw.prepare("SELECT 1 FROM sqlite_schema WHERE name = '__drizzle_migrations'").get();
	if (!table) return false;
	const last = raw.prepare("SELECT max(CAST(created_at AS INTEGER)) FROM __drizzle_migrations").pluck().get();
	return Number(last) >= newest;
}

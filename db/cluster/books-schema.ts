import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { env } from "#app/lib/env.ts";
import { booksPath, type Connection, isAway, readConnection } from "../client.ts";
import { clusterState } from "./cluster-state.ts";

interface Journal {
	/** `when`: Unix ms. */
	entries: { when: number }[];
}

export const MIGRATIONS = fileURLToPath(new URL("../migrations", import.meta.url));
/** So often books that are too old are looked at again. */
const LOOK_MS = 100;

let newest: number | undefined;

/** Whether the books have all of this code's migrations. As drizzle itself sees it: the newest of its journal is the last that its table holds. */
export function hasOwnSchema({ raw }: Connection): boolean {
	newest ??= (JSON.parse(readFileSync(join(MIGRATIONS, "meta", "_journal.json"), "utf8")) as Journal).entries.at(
		-1,
	)!.when;
	const table = raw.prepare("SELECT 1 FROM sqlite_schema WHERE name = '__drizzle_migrations'").get();
	if (!table) return false;
	const last = raw.prepare("SELECT max(CAST(created_at AS INTEGER)) FROM __drizzle_migrations").pluck().get();
	return Number(last) >= newest;
}

const looked = { line: "", isGood: false, at: 0 };

/**
 * Whether this node's code can read its books. It cannot where the code is newer than that of the node that leads, which alone migrates, and where
 * nothing has come from there yet. Books that are newer than the code can be read: migrations only add (docs/decisions/086). Always true without
 * LiteFS, where a start migrates first.
 */
export function canReadBooks(): boolean {
	if (!env().LITEFS_DIR) return true;
	const { epoch, losses } = clusterState();
	const line = `${epoch} ${losses} ${booksPath()}`;
	const now = performance.now();
	// Whoever took the books over may have older ones.
	if (looked.line === line && (looked.isGood || now - looked.at < LOOK_MS)) return looked.isGood;
	Object.assign(looked, { line, isGood: look(), at: now });
	return looked.isGood;
}

function look(): boolean {
	try {
		return hasOwnSchema(readConnection());
	} catch (error) {
		const { code = "" } = error as { code?: string };
		if (isAway(error) || code.startsWith("SQLITE_BUSY") || code === "SQLITE_PROTOCOL") return false;
		throw error;
	}
}

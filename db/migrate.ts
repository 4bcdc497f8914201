import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import { countryOfNumber } from "#app/lib/country-of-number.ts";
import { env } from "#app/lib/env.ts";
import { loginSkeleton } from "#app/lib/login-skeleton.ts";
import { hasOwnSchema, MIGRATIONS } from "./books-schema.ts";
import { type Connection, writeConnection } from "./client.ts";

const LOCK_WAIT_MS = 10_000;

/** Brings the books to the newest schema; on the primary, before anything else opens them. Safe to run again. */
export function migrateBooks(): void {
	const connection = writeConnection();
	// A command may run it beside a sidecar that writes all the time.
	connection.raw.pragma(`busy_timeout = ${LOCK_WAIT_MS}`);
	try {
		bringUpToDate(connection);
	} finally {
		connection.raw.pragma("busy_timeout = 0");
	}
}

function bringUpToDate(connection: Connection): void {
	if (!hasOwnSchema(connection)) applyMigrations(connection);
	const settle = connection.raw.prepare("INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT DO NOTHING");
	settle.run("installation_id", randomBytes(4).toString("hex"));
	settle.run("currency", env().CURRENCY);
	fillSkeletons(connection);
	fillCountries(connection);
}

/** Drizzle is loaded only where there is something for it to do: that costs a process more than all the rest of its start. */
function applyMigrations({ raw }: Connection): void {
	const load = createRequire(import.meta.url);
	const { drizzle } = load("drizzle-orm/better-sqlite3") as typeof import("drizzle-orm/better-sqlite3");
	const { migrate } = load(
		"drizzle-orm/better-sqlite3/migrator",
	) as typeof import("drizzle-orm/better-sqlite3/migrator");
	migrate(drizzle(raw), { migrationsFolder: MIGRATIONS });
}

/** Logins from before there were skeletons: what SQL could not compute. */
function fillSkeletons({ raw }: Connection): void {
	const rows = raw.prepare("SELECT id, login FROM users WHERE login_skeleton = '?' || id").all();
	const fill = raw.prepare("UPDATE users SET login_skeleton = ? WHERE id = ?");
	for (const { id, login } of rows as { id: number; login: string }[]) fill.run(loginSkeleton(login), id);
}

/** People from before they were counted by country: what SQL could not compute. Once. */
function fillCountries({ raw }: Connection): void {
	raw.function("country_of_number", { deterministic: true }, (phone) => countryOfNumber(String(phone)));
	raw.transaction(() => {
		const mark = "INSERT INTO settings (key, value) VALUES ('contact_countries', '1') ON CONFLICT DO NOTHING";
		if (raw.prepare(mark).run().changes === 0) return;
		raw.exec("UPDATE contacts SET country = country_of_number(phone) WHERE country = '' AND phone IS NOT NULL");
		raw.exec(`INSERT OR REPLACE INTO collection_countries (collection_id, account_id, country, contacts)
			SELECT collection_id, account_id, country, count(*) FROM contacts GROUP BY collection_id, country`);
	})();
}

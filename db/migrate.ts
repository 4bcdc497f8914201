import { randomBytes } from "node:crypto";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { writeConnection } from "./client.ts";

/** Brings the books to the newest schema; on the primary, before anything else opens them. Safe to run again. */
export function migrateBooks(): void {
	const connection = writeConnection();
	migrate(connection.orm, { migrationsFolder: new URL("./migrations", import.meta.url).pathname });
	connection.raw
		.prepare("INSERT INTO settings (key, value) VALUES ('installation_id', ?) ON CONFLICT DO NOTHING")
		.run(randomBytes(4).toString("hex"));
}

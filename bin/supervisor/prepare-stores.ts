import { closeBooks } from "#db/client.ts";
import { migrateBooks } from "#db/migrate.ts";
import { role } from "#db/role.ts";
import { demoMark } from "#db/seed/demo-mark.ts";
import { seedDemo } from "#db/seed/seed-demo.ts";
import { readBooks } from "#db/tx.ts";
import { noteInstallationKey } from "#jobs/wire/installation-key.ts";
import { migrateWire } from "#jobs/wire/migrate.ts";
import { closeWire } from "#jobs/wire/pool.ts";
import { PlainError } from "./plain-error.ts";
import type { Options } from "./read-options.ts";

/**
 * Brings both stores to the newest schema, on the primary, and in demo mode fills the books with its accounts.
 *
 * @returns whether somebody can sign in as an admin.
 * @throws PlainError where the demo and a real installation would mix.
 */
export async function prepareStores(options: Options, simulatorUrl: string): Promise<{ hasAdmin: boolean }> {
	try {
		if (role() !== "primary") return { hasAdmin: true };
		migrateBooks();
		refuseMixing(options);
		await migrateWire();
		await noteInstallationKey();
		if (options.isDemo) await seedDemo(simulatorUrl);
		return { hasAdmin: hasAdmin() };
	} finally {
		closeBooks();
		await closeWire();
	}
}

/** Everybody knows the demo's passwords: they must never stand beside real accounts. */
function refuseMixing(options: Options): void {
	const isDemoData = readBooks((tx) => demoMark(tx));
	if (isDemoData && !options.isDemo)
		throw new PlainError(
			`${options.dataDir} holds the demo, whose passwords everybody knows: set DATA_DIR to another folder for a real installation`,
		);
	const hasUsers = readBooks((tx) => tx.sql("SELECT 1 FROM users LIMIT 1").get() !== undefined);
	if (!isDemoData && options.isDemo && hasUsers)
		throw new PlainError(
			`${options.dataDir} holds a real installation: start it with --no-demo (or NODE_ENV=production), or set DATA_DIR to another folder for the demo`,
		);
}

function hasAdmin(): boolean {
	return readBooks(
		(tx) =>
			tx
				.sql(
					"SELECT 1 FROM users JOIN accounts ON accounts.id = users.account_id WHERE accounts.kind = 'admin' LIMIT 1",
				)
				.get() !== undefined,
	);
}

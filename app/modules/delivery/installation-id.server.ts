import { readBooks } from "#db/tx.ts";

let known: string | undefined;

/** The installation's own short id (8 hex digits), made once with the books. */
export function installationId(): string {
	known ??= readBooks(
		(tx) => tx.sql<{ value: string }>("SELECT value FROM settings WHERE key = 'installation_id'").get()!.value,
	);
	return known;
}

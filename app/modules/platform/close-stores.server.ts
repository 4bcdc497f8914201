import { closeBooks } from "#db/client.ts";
import { closeWire } from "#jobs/wire/pool.ts";

/** The last thing that a process does with the books and the wire. */
export async function closeStores(): Promise<void> {
	await closeWire();
	closeBooks();
}

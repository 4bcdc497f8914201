import { readBooks } from "#db/tx.ts";
import { type Peer, shareHealth } from "./standing.server.ts";

/** Judges the providers that the books have, and brings together what all processes know of them; call it about once a second. */
export function beatHealth(): Promise<void> {
	return shareHealth(() =>
		readBooks((tx) => tx.sql<Peer>("SELECT id, channel FROM providers WHERE state = 'active' ORDER BY id").all()),
	);
}

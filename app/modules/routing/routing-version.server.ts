import type { Tx } from "#db/tx.ts";

/**
 * A value that changes with each change of routes, costs and providers, and never comes back: what was read under one value holds
 * as long as the value is the same, whichever process or node reads it.
 */
export function routingVersion(tx: Tx): string {
	return tx.sql<{ value: string }>("SELECT value FROM settings WHERE key = 'routing_version'").get()!.value;
}

/** Kept answers, thrown away with the version that they were read under. */
export function keptByVersion<T>(max: number): (tx: Tx, key: string, read: () => T) => T {
	const kept = new Map<string, T>();
	let keptUnder = "";
	return (tx, key, read) => {
		const version = routingVersion(tx);
		if (version !== keptUnder || kept.size >= max) {
			kept.clear();
			keptUnder = version;
		}
		if (!kept.has(key)) kept.set(key, read());
		return kept.get(key)!;
	};
}

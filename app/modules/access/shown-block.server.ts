import type { Tx } from "#db/tx.ts";

/** What the people of a blocked account are told once they have given the right password. */
export interface ShownBlock {
	/** Of the account's own block. Null: it is stopped by one above, whose reason was not written to its people. */
	reason: string | null;
	/** Unix ms: when the last of the blocks in its way will have ended; null: when somebody lifts one. */
	untilUtc: number | null;
	/** Of the person. */
	timeZone: string;
}

interface Row {
	id: number;
	state: "active" | "blocked" | "closed";
	untilUtc: number | null;
	reason: string | null;
}

/**
 * The block of an account that is stopped, itself or by one above it. The words of a block are for the people of the account that it
 * was set on: what an admin writes to a dealer is not for that dealer's clients, who know neither the platform nor its quarrels.
 */
export function shownBlock(tx: Tx, path: string, timeZone: string, now = Date.now()): ShownBlock {
	const ids = path.split("/").filter(Boolean).map(Number);
	const rows = tx
		.sql<Row>(
			`SELECT a.id, a.state, a.blocked_until_utc AS untilUtc, a.block_reason AS reason
			FROM json_each(?) i JOIN accounts a ON a.id = i.value WHERE a.state <> 'active'`,
		)
		.all(JSON.stringify(ids))
		.filter(({ state, untilUtc }) => state === "closed" || untilUtc === null || untilUtc > now);
	const own = rows.find(({ id, state }) => id === ids.at(-1) && state === "blocked");
	const ends = rows.map(({ state, untilUtc }) => (state === "closed" ? null : untilUtc));
	return {
		reason: own?.reason ?? null,
		untilUtc: ends.includes(null) || ends.length === 0 ? null : Math.max(...(ends as number[])),
		timeZone,
	};
}

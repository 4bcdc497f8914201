import type { Tx } from "#db/tx.ts";
import { TooManyTriesError } from "./sign-in.errors.ts";

export const TRIES_WINDOW_MS = 15 * 60_000;
export const TRIES_BY_LOGIN = 10;
export const TRIES_BY_ADDRESS = 100;

/** What a try counts against. */
export interface TryLimit {
	key: string;
	/** What the visitor is told of it. */
	of: TooManyTriesError["of"];
	/** Tries in a window. */
	limit: number;
}

/** An address over its limit must not shut out the people whose logins it tries: give it first. */
export const byAddress = (address: string): TryLimit => ({
	key: `address:${addressGroup(address)}`,
	of: "address",
	limit: TRIES_BY_ADDRESS,
});

export const byLogin = (login: string): TryLimit => ({ key: `login:${login}`, of: "login", limit: TRIES_BY_LOGIN });

/**
 * Counts a try before what was typed is looked at, so that tries made side by side are counted too. Returns the error instead
 * of throwing it: a throw would roll the count back. What is over one limit does not count against those after it.
 */
export function countTry(tx: Tx, limits: TryLimit[], now = Date.now()): TooManyTriesError | undefined {
	for (const limit of limits) {
		const tooMany = count(tx, limit, now);
		if (tooMany) return tooMany;
	}
	return undefined;
}

/** One visitor: an IPv4 address, or the 64 bits of an IPv6 one that a provider gives to a single customer. */
export function addressGroup(address: string): string {
	const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
	if (mapped) return mapped[1]!;
	if (!address.includes(":")) return address;
	const [head = "", tail] = address.split("::");
	const groups = head.split(":").filter(Boolean);
	const after = tail?.split(":").filter(Boolean) ?? [];
	while (tail !== undefined && groups.length + after.length < 8) groups.push("0");
	return `${[...groups, ...after].slice(0, 4).join(":")}::/64`;
}

/** The right thing was given: what was tried before is forgotten. */
export function forgetTries(tx: Tx, { key }: TryLimit): void {
	tx.sql("DELETE FROM sign_in_tries WHERE key = ?").run(key);
}

function count(tx: Tx, { key, of, limit }: TryLimit, now: number): TooManyTriesError | undefined {
	const row = tx
		.sql<{ startedAtUtc: number; tries: number }>(
			`INSERT INTO sign_in_tries (key, window_started_at_utc, tries) VALUES (?, ?, 1)
			ON CONFLICT (key) DO UPDATE SET
				tries = CASE WHEN window_started_at_utc > ? THEN tries + 1 ELSE 1 END,
				window_started_at_utc = CASE WHEN window_started_at_utc > ? THEN window_started_at_utc ELSE excluded.window_started_at_utc END
			RETURNING window_started_at_utc AS startedAtUtc, tries`,
		)
		.get(key, now, now - TRIES_WINDOW_MS, now - TRIES_WINDOW_MS)!;
	if (row.tries === 1) forgetOldTries(tx, now);
	if (row.tries <= limit) return undefined;
	return new TooManyTriesError(of, limit, row.startedAtUtc + TRIES_WINDOW_MS - now, row.tries === limit + 1);
}

/** With each new window some old ones go, so that the table cannot grow for ever. */
function forgetOldTries(tx: Tx, now: number): void {
	tx.sql(
		"DELETE FROM sign_in_tries WHERE key IN (SELECT key FROM sign_in_tries WHERE window_started_at_utc <= ? LIMIT 50)",
	).run(now - TRIES_WINDOW_MS);
}

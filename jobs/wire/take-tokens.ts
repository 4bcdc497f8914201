import { wirePool } from "./pool.ts";

/**
 * Takes the next `count` messages' worth of a provider's seconds (of one sender's, where it is named): after those that others have
 * taken before, in whichever process.
 *
 * @returns when the first of them may go, unix ms; the others follow at the rate.
 */
export async function takeSeconds(
	of: { providerId: number; sender: string },
	count: number,
	perSecond: number,
): Promise<number> {
	const askedAt = Date.now();
	const { rows } = await wirePool().query<{ ms: number; now: number }>({
		name: "take-seconds",
		text: `INSERT INTO wire.rate_clocks AS c (provider_id, sender, until) VALUES ($1, $2, now() + $3 * interval '1 second')
		       ON CONFLICT (provider_id, sender) DO UPDATE SET until = greatest(c.until, now()) + $3 * interval '1 second'
		       RETURNING (extract(epoch FROM until - now()) - $3)::float8 * 1000 AS ms, extract(epoch FROM now())::float8 * 1000 AS now`,
		values: [of.providerId, of.sender, count / perSecond],
	});
	const { ms, now } = rows[0]!;
	// Postgres took them at some moment since we asked: its own clock says when, as far as it agrees with ours.
	return Math.min(Math.max(now, askedAt), Date.now()) + Math.max(0, ms);
}

/**
 * Takes up to `count` of what a provider may have in a day of UTC.
 *
 * @param day YYYY-MM-DD.
 * @returns how many: 0 when the day is full.
 */
export async function takeOfDay(providerId: number, day: string, count: number, perDay: number): Promise<number> {
	const { rows } = await wirePool().query<{ granted: number }>({
		name: "take-of-day",
		text: `INSERT INTO wire.day_counts AS c (provider_id, day, taken, granted) VALUES ($1, $2, least($3::bigint, $4::bigint), least($3::bigint, $4::bigint))
		       ON CONFLICT (provider_id, day) DO UPDATE SET granted = greatest(0, least($3::bigint, $4::bigint - c.taken)),
		         taken = c.taken + greatest(0, least($3::bigint, $4::bigint - c.taken))
		       RETURNING granted`,
		values: [providerId, day, count, perDay],
	});
	return rows[0]!.granted;
}

/** Gives back what of a day was taken and not used. */
export async function giveBackOfDay(providerId: number, day: string, count: number): Promise<void> {
	await wirePool().query(
		"UPDATE wire.day_counts SET taken = greatest(0, taken - $3) WHERE provider_id = $1 AND day = $2",
		[providerId, day, count],
	);
}

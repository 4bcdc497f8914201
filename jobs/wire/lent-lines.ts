import { wirePool } from "./pool.ts";

/** A provider that senders may call. */
export interface LentLine {
	providerId: number;
	channel: string;
	/** Changes with anything of it. */
	revision: string;
	/** What a call needs: seal.ts's, for `lent-line:<provider>`. */
	sealed: string;
}

/** Tells the senders of these providers, and of no others. */
export async function publishLines(lines: LentLine[]): Promise<void> {
	await wirePool().query("DELETE FROM wire.lent_lines WHERE provider_id <> ALL($1)", [
		lines.map((line) => line.providerId),
	]);
	await wirePool().query(
		`INSERT INTO wire.lent_lines (provider_id, channel, revision, sealed)
		 SELECT * FROM unnest($1::int[], $2::text[], $3::text[], $4::text[])
		 ON CONFLICT (provider_id) DO UPDATE SET channel = excluded.channel, revision = excluded.revision, sealed = excluded.sealed`,
		[
			lines.map((line) => line.providerId),
			lines.map((line) => line.channel),
			lines.map((line) => line.revision),
			lines.map((line) => line.sealed),
		],
	);
}

/** How a provider's connections are shared out. */
export interface LentPlaces {
	providerId: number;
	/** How many senders may take together. */
	lendable: number;
	/** How many they have. */
	taken: number;
}

export async function readPlaces(): Promise<LentPlaces[]> {
	const { rows } = await wirePool().query<LentPlaces>({
		name: "read-places",
		text: `SELECT provider_id AS "providerId", coalesce(l.lendable, 0) AS lendable, coalesce(p.taken, 0)::int AS taken
		         FROM wire.lent_lines l
		         FULL JOIN (SELECT provider_id, sum(places) AS taken FROM wire.lent_places GROUP BY provider_id) p USING (provider_id)`,
	});
	return rows;
}

/** From now on the senders may take so many of each provider's places; what they have beyond it they give back by themselves. */
export async function setLendable(wanted: { providerId: number; lendable: number }[]): Promise<void> {
	await wirePool().query({
		name: "set-lendable",
		text: `UPDATE wire.lent_lines l SET lendable = w.lendable FROM unnest($1::int[], $2::int[]) AS w (provider_id, lendable)
		        WHERE l.provider_id = w.provider_id AND l.lendable <> w.lendable`,
		values: [wanted.map(({ providerId }) => providerId), wanted.map(({ lendable }) => lendable)],
	});
}

/** A lent line as one sender sees it. */
export interface LineOfMine extends LentLine {
	lendable: number;
	/** Places that this sender has. */
	mine: number;
	/** Senders that share it. */
	sharers: number;
}

export async function readLines(senderId: number): Promise<LineOfMine[]> {
	const { rows } = await wirePool().query<LineOfMine>({
		name: "read-lines",
		text: `SELECT l.provider_id AS "providerId", l.channel, l.revision, l.sealed, l.lendable, coalesce(p.places, 0) AS mine,
		              (SELECT count(*)::int FROM wire.senders WHERE dead_at IS NULL) AS sharers
		         FROM wire.lent_lines l LEFT JOIN wire.lent_places p ON p.provider_id = l.provider_id AND p.sender_id = $1`,
		values: [senderId],
	});
	return rows;
}

/**
 * Takes places of a provider, or gives some back: from now on `want`, or fewer where others have the rest.
 *
 * @returns how many it has now.
 */
export async function takePlaces(senderId: number, providerId: number, want: number): Promise<number> {
	const client = await wirePool().connect();
	try {
		await client.query("BEGIN");
		// One after the other; and a sender that was given up holds none.
		const { rows } = await client.query<{ lendable: number }>(
			"SELECT lendable FROM wire.lent_lines WHERE provider_id = $1 FOR UPDATE",
			[providerId],
		);
		const { rows: others } = await client.query<{ places: number }>(
			"SELECT coalesce(sum(places), 0)::int AS places FROM wire.lent_places WHERE provider_id = $1 AND sender_id <> $2",
			[providerId, senderId],
		);
		const { rowCount } = await client.query("SELECT 1 FROM wire.senders WHERE id = $1 AND dead_at IS NULL FOR SHARE", [
			senderId,
		]);
		if (!rowCount) want = 0;
		const places = Math.max(0, Math.min(want, (rows[0]?.lendable ?? 0) - others[0]!.places));
		await client.query(
			`INSERT INTO wire.lent_places (provider_id, sender_id, places) SELECT $1, id, $3 FROM wire.senders WHERE id = $2 AND dead_at IS NULL
			 ON CONFLICT (provider_id, sender_id) DO UPDATE SET places = excluded.places`,
			[providerId, senderId, places],
		);
		await client.query("COMMIT");
		client.release();
		return places;
	} catch (error) {
		// Whatever state its transaction is in, nobody else gets this connection.
		client.release(true);
		throw error;
	}
}

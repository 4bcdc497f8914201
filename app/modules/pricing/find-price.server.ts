import type { ChannelName, ContentKind } from "#app/channels/channel.ts";
import type { Tx } from "#db/tx.ts";

/** In the buyer's column of a price: everybody directly below the seller. */
export const ANY_BUYER = 0;

/** A message that is to be priced. */
export interface PricedAs {
	channel: ChannelName;
	/** ISO 3166 code; "": of no country that is known, for which only lines without a country count. */
	country: string;
	kind: ContentKind;
	/** Unix ms. */
	at: number;
}

/**
 * What the seller takes of the buyer directly below it for one message (SMS: for one part), in micro-units; null: no price. The line
 * for the buyer alone counts before that for all, then the one that names the country, then the kind. Of each line the latest that has
 * begun counts; one that was taken back leaves the word to the next.
 */
export function findPrice(tx: Tx, of: PricedAs & { sellerId: number; buyerId: number }): number | null {
	const line = tx
		.sql<{ unit: number }>(
			// A bare column beside max() is of the row that has the maximum: SQLite promises it.
			`SELECT unit FROM (
			    SELECT buyer_account_id AS buyer, country, kind, unit_micros AS unit, max(from_utc) FROM prices
			     WHERE account_id = @sellerId AND buyer_account_id IN (0, @buyerId) AND channel = @channel
			       AND country IN ('', @country) AND kind IN ('', @kind) AND from_utc <= @at
			     GROUP BY buyer_account_id, country, kind)
			  WHERE unit IS NOT NULL
			  ORDER BY buyer <> 0 DESC, country <> '' DESC, kind <> '' DESC LIMIT 1`,
		)
		.get({ ...of });
	return line?.unit ?? null;
}

import type { ChannelName, ContentKind } from "#app/channels/channel.ts";
import type { Tier } from "#app/modules/charging/tiers.ts";
import type { Tx } from "#db/tx.ts";
import { priceChain, tiersOfParts } from "./price-chain.server.ts";

/** One leg of what is to be sent. */
export interface ForecastLeg {
	channel: ChannelName;
	kind: ContentKind;
	/** How many times the price a message costs: `paidParts`. */
	parts: number;
}

export interface CountryForecast {
	/** ISO 3166 code; "": of no country that is known. */
	country: string;
	people: number;
	/** What each tier pays for one message (of all its parts), who sends first; the root's own messages have none. */
	tiers: Tier[];
	/** The same of the second leg's message. */
	secondTiers: Tier[] | null;
	/** What is held at who sends for one person: of two legs the dearer. */
	unitMicros: number;
	/** unitMicros × people. May lie above 2^53: then it is only near the truth, and above any balance. */
	totalMicros: number;
}

export interface Forecast {
	/** With a price, the most people first. */
	countries: CountryForecast[];
	/** People to whom nothing can be sent: `accountId` has no price from the account above it. */
	missing: { country: string; people: number; accountId: number; channel: ChannelName }[];
	people: number;
	totalMicros: number;
}

/**
 * What it costs at most to send to everybody of a collection, by country.
 *
 * @param of.accountPath of the account that sends, whose collection it is.
 * @param of.at unix ms.
 */
export function forecast(
	tx: Tx,
	of: ForecastLeg & { accountPath: string; collectionId: number; at: number; second?: ForecastLeg | null },
): Forecast {
	const accountId = Number(of.accountPath.split("/").at(-2));
	const rows = tx
		.sql<{ country: string; people: number }>(
			`SELECT country, contacts AS people FROM collection_countries WHERE collection_id = ? AND account_id = ?
			  ORDER BY contacts DESC, country`,
		)
		.all(of.collectionId, accountId);
	const found: Forecast = { countries: [], missing: [], people: 0, totalMicros: 0 };
	for (const { country, people } of rows) {
		const first = legTiers(tx, of, of, country);
		const second = of.second ? legTiers(tx, of, of.second, country) : null;
		found.people += people;
		const lacking = "missing" in first ? first : second && "missing" in second ? second : null;
		if (lacking) {
			found.missing.push({ country, people, accountId: lacking.missing, channel: lacking.channel });
			continue;
		}
		const tiers = (first as Priced).tiers;
		const secondTiers = second && (second as Priced).tiers;
		const unitMicros = Math.max(tiers[0]?.unitMicros ?? 0, secondTiers?.[0]?.unitMicros ?? 0);
		const totalMicros = unitMicros * people;
		found.countries.push({ country, people, tiers, secondTiers, unitMicros, totalMicros });
		found.totalMicros += totalMicros;
	}
	return found;
}

type Priced = { tiers: Tier[] };

function legTiers(
	tx: Tx,
	{ accountPath: path, at }: { accountPath: string; at: number },
	{ channel, kind, parts }: ForecastLeg,
	country: string,
): Priced | { missing: number; channel: ChannelName } {
	const chain = priceChain(tx, { path, channel, kind, country, at });
	return "missing" in chain ? { ...chain, channel } : { tiers: tiersOfParts(chain.tiers, parts) };
}

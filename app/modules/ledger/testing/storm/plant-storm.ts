import { randomFrom } from "#app/lib/random-from.ts";
import { insertAccount } from "#app/modules/accounts/insert-account.server.ts";
import { insertContacts } from "#app/modules/audiences/insert-contacts.server.ts";
import { addPrice } from "#app/modules/pricing/testing/add-price.ts";
import { testPhones, testProvider } from "#db/testing/campaign.ts";
import { inTx, type Tx } from "#db/tx.ts";
import { JOURNAL_TABLE } from "./journal.ts";
import { type Place, type Scene, STORM_CHANNELS, type StormCampaign, type StormPrice } from "./storm.ts";

const DEALERS = 6;
const CLIENTS = 7;
const PEOPLE = 24;
/** Of which so many are of another country, in a mixed collection. */
const POLES = 9;
/** Operations of all workers together for each campaign. */
const OPERATIONS_A_CAMPAIGN = 100;

const COSTS = { UA: 3, PL: 5 };
const TERMS = {
	viber: { chargeOn: "delivered", refunds: false },
	sms: { chargeOn: "accepted", refunds: true },
} as const;

/** Plants a random tree with random prices and campaigns that nobody has started, in empty books. */
export async function plantStorm(of: Pick<Scene, "seed" | "workers" | "operations">): Promise<Scene> {
	const random = randomFrom(of.seed);
	const below = (count: number) => Math.floor(random() * count);
	const accounts = await inTx((tx) => plantAccounts(tx, below));
	const providerId = await testProvider("http://127.0.0.1:9");
	const campaignCount = Math.ceil((of.operations * of.workers) / OPERATIONS_A_CAMPAIGN);
	return inTx((tx): Scene => {
		tx.sql(JOURNAL_TABLE).run();
		for (const [country, cost] of Object.entries(COSTS))
			tx.sql("INSERT INTO provider_costs (account_id, provider_id, country, cost_micros) VALUES (1, ?, ?, ?)").run(
				providerId,
				country,
				cost,
			);
		for (const channel of STORM_CHANNELS)
			tx.sql("INSERT INTO charge_terms (channel, account_id, charge_on, refunds) VALUES (?, 1, ?, ?)").run(
				channel,
				TERMS[channel].chargeOn,
				TERMS[channel].refunds ? 1 : 0,
			);
		const prices = plantPrices(tx, accounts, below);
		const campaigns = plantCampaigns(tx, accounts.slice(1), campaignCount, below);
		return { ...of, accounts, campaigns, providerId, costs: COSTS, terms: TERMS, prices };
	});
}

function plantAccounts(tx: Tx, below: (count: number) => number): Place[] {
	const place = { timeZone: "UTC", country: "UA", name: "", ownerLogin: "" };
	const root = { ...insertAccount(tx, { ...place, parentId: undefined, kind: "admin" }), kind: "admin" as const };
	const sellers: Place[] = [root];
	for (let i = 0; i < DEALERS; i++) {
		const parentId = sellers[below(sellers.length)]!.id;
		sellers.push({ ...insertAccount(tx, { ...place, parentId, kind: "dealer" }), kind: "dealer" });
	}
	const clients = Array.from({ length: CLIENTS }, (): Place => {
		const parentId = sellers[below(sellers.length)]!.id;
		return { ...insertAccount(tx, { ...place, parentId, kind: "client" }), kind: "client" };
	});
	return [...sellers, ...clients].map(({ id, path, kind }) => ({ id, path, kind }));
}

/** Everybody who sells has a price for all; some of them another for a country. Now and then one sells below its cost. */
function plantPrices(tx: Tx, accounts: Place[], below: (count: number) => number): StormPrice[] {
	const prices: StormPrice[] = [];
	for (const { id: sellerId, path, kind } of accounts)
		for (const channel of STORM_CHANNELS)
			for (const country of ["", "PL"]) {
				if (kind === "client" || (country && below(2) === 0)) continue;
				const depth = path.split("/").length - 2;
				prices.push({ sellerId, buyerId: 0, channel, country, unitMicros: below(12) + 8 * depth });
			}
	for (const { sellerId: accountId, buyerId: buyerAccountId, ...rest } of prices)
		addPrice(tx, { accountId, buyerAccountId, ...rest });
	return prices;
}

function plantCampaigns(tx: Tx, owners: Place[], count: number, below: (count: number) => number): StormCampaign[] {
	const poles = Array.from({ length: POLES }, (_, i) => `+4850010020${i}`);
	const audiences = new Map(
		owners.map(({ id: accountId }) => {
			tx.sql("INSERT INTO senders (account_id, channel, name) VALUES (?, 'viber', 'Storm'), (?, 'sms', 'Storm')").run(
				accountId,
				accountId,
			);
			const lists = [testPhones(PEOPLE), [...testPhones(PEOPLE - POLES), ...poles]];
			return [accountId, lists.map((phones) => plantCollection(tx, accountId, phones))] as const;
		}),
	);
	return Array.from({ length: count }, (_, i) => {
		const accountId = owners[below(owners.length)]!.id;
		const channel = STORM_CHANNELS[below(STORM_CHANNELS.length)]!;
		const { collectionId, countries } = audiences.get(accountId)![below(2)]!;
		const id = Number(
			tx
				.sql(
					`INSERT INTO campaigns (account_id, user_id, name, channel, sender, text, collection_id, state, form_key, created_at_utc)
					 VALUES (?, 1, 'storm', ?, 'Storm', 'Hello', ?, 'draft', ?, 0)`,
				)
				.run(accountId, channel, collectionId, `storm-${i}`).lastInsertRowid,
		);
		tx.sql("INSERT INTO campaign_counters (campaign_id, account_id) VALUES (?, ?)").run(id, accountId);
		return { id, accountId, channel, countries };
	});
}

function plantCollection(tx: Tx, accountId: number, phones: string[]) {
	const collectionId = Number(
		tx
			.sql(
				`INSERT INTO collections (account_id, kind, name, country, state, valid_count, created_at_utc)
				 VALUES (?, 'list', 'storm', 'UA', 'ready', ?, 0)`,
			)
			.run(accountId, phones.length).lastInsertRowid,
	);
	insertContacts(tx, { accountId, collectionId }, phones);
	const countries = [...phones].sort().map((phone) => (phone.startsWith("+48") ? "PL" : "UA"));
	return { collectionId, countries };
}

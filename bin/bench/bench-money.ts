import { holdCampaign } from "#app/modules/charging/hold-campaign.server.ts";
import { postTransfer } from "#app/modules/ledger/post-transfer.server.ts";
import { inTx } from "#db/tx.ts";
import type { BenchHouse } from "./bench-house.ts";

const UNIT_MICROS = { client: 14_000, dealer: 11_000 };
const COST_MICROS = 9_000;

/**
 * Puts a dealer and its client below the house's account, with prices, a provider's cost and the money for `messages`, each charged as
 * soon as a provider has taken it: the same house for what the client sends.
 */
export async function addTiers(house: BenchHouse, messages: number): Promise<BenchHouse> {
	const root = house.accountId;
	const accountId = await inTx((tx) => {
		const insert = tx.sql(
			"INSERT INTO accounts (parent_id, kind, path, name, time_zone, country, created_at_utc) VALUES (?, ?, ?, 'Bench', 'UTC', 'UA', 0)",
		);
		const dealer = Number(insert.run(root, "dealer", `/${root}/new/`).lastInsertRowid);
		const client = Number(insert.run(dealer, "client", `/${root}/new/new/`).lastInsertRowid);
		const place = tx.sql("UPDATE accounts SET path = ? WHERE id = ?");
		place.run(`/${root}/${dealer}/`, dealer);
		place.run(`/${root}/${dealer}/${client}/`, client);
		const price = tx.sql(
			"INSERT INTO prices (account_id, buyer_account_id, channel, unit_micros, from_utc, created_at_utc) VALUES (?, 0, 'viber', ?, 0, 0)",
		);
		price.run(root, UNIT_MICROS.dealer);
		price.run(dealer, UNIT_MICROS.client);
		tx.sql("INSERT INTO charge_terms (channel, account_id, charge_on, refunds) VALUES ('viber', ?, 'accepted', 1)").run(
			root,
		);
		tx.sql(
			"INSERT INTO provider_costs (account_id, provider_id, cost_micros) SELECT account_id, id, ? FROM providers WHERE account_id = ?",
		).run(COST_MICROS, root);
		const amountMicros = UNIT_MICROS.client * messages;
		postTransfer(tx, {
			opId: "bench",
			input: { amountMicros },
			kind: "deposit",
			accountId: client,
			by: null,
			parts: [
				{ accountId: root, book: "outside", amountMicros: -amountMicros },
				{ accountId: client, book: "available", amountMicros },
			],
		});
		return client;
	});
	return { ...house, accountId };
}

/** Holds the money for a campaign that addCampaign has made. */
export async function holdFor({ accountId }: BenchHouse, id: number): Promise<void> {
	await inTx((tx) => {
		const campaign = tx
			.sql<Parameters<typeof holdCampaign>[1]>(
				"SELECT id, account_id AS accountId, channel, text, collection_id AS collectionId FROM campaigns WHERE id = ? AND account_id = ?",
			)
			.get(id, accountId)!;
		// A million on an account's first day is just what the brake is for.
		tx.sql("INSERT INTO account_limits (account_id, is_brake_off) VALUES (?, 1) ON CONFLICT DO NOTHING").run(accountId);
		holdCampaign(tx, campaign, { coverOnly: false, by: null });
	});
}

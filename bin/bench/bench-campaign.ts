import { insertContacts } from "#app/modules/audiences/insert-contacts.server.ts";
import { inTx, readBooks } from "#db/tx.ts";
import type { BenchHouse } from "./bench-house.ts";

const ROWS_A_TX = 5_000;

/** A collection of `size` made-up phones, and a campaign to it that is about to be prepared. */
export async function addCampaign(house: BenchHouse, size: number): Promise<number> {
	const { accountId } = house;
	const collectionId = await inTx((tx) =>
		Number(
			tx
				.sql(
					"INSERT INTO collections (account_id, kind, name, country, state, valid_count, created_at_utc) VALUES (?, 'one_off', 'bench', 'UA', 'ready', ?, 0)",
				)
				.run(accountId, size).lastInsertRowid,
		),
	);
	for (let from = 0; from < size; from += ROWS_A_TX) {
		await inTx((tx) => {
			const length = Math.min(ROWS_A_TX, size - from);
			const phones = Array.from({ length }, (_, i) => `+38067${1_000_000 + from + i}`);
			insertContacts(tx, { accountId, collectionId }, phones);
		});
	}
	return inTx((tx) => {
		const campaignId = Number(
			tx
				.sql(
					`INSERT INTO campaigns (account_id, user_id, name, channel, sender, text, collection_id, state, form_key, created_at_utc, started_at_utc)
					 VALUES (?, 1, 'bench', 'viber', 'DemoShop', 'Spring sale is open: look at https://example.test/s', ?, 'preparing', ?, ?, ?)`,
				)
				.run(accountId, collectionId, `bench-${collectionId}`, Date.now(), Date.now()).lastInsertRowid,
		);
		tx.sql("INSERT INTO campaign_counters (campaign_id, account_id) VALUES (?, ?)").run(campaignId, accountId);
		return campaignId;
	});
}

/** @throws Error for a campaign that has been stopped: it would be waited for in vain. */
export function campaignState(
	house: BenchHouse,
	campaignId: number,
): { state: string; queued: number; handedOver: number } {
	const found = readBooks(
		(tx) =>
			tx
				.sql<{ state: string; cause: string | null; queued: number; handedOver: number }>(
					`SELECT c.state, c.cause, n.queued, n.handed_over AS handedOver
					 FROM campaigns c JOIN campaign_counters n ON n.campaign_id = c.id
					 WHERE c.id = ? AND c.account_id = ?`,
				)
				.get(campaignId, house.accountId)!,
	);
	if (found.state === "paused") throw new Error(`the campaign has been stopped: ${found.cause}`);
	return found;
}

/** The first of a frozen campaign's messages; the others have the ids after it. */
export function firstMessageOf(house: BenchHouse, campaignId: number): number {
	return readBooks(
		(tx) =>
			tx
				.sql<{ first: number }>("SELECT first_message_id AS first FROM campaigns WHERE id = ? AND account_id = ?")
				.get(campaignId, house.accountId)!,
	).first;
}

/** Polls until the campaign is in this state. */
export async function untilState(house: BenchHouse, campaignId: number, state: string): Promise<void> {
	while (campaignState(house, campaignId).state !== state) await new Promise((resolve) => setTimeout(resolve, 10));
}

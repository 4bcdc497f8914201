import { seal } from "#app/lib/secrets.server.ts";
import { insertContacts } from "#app/modules/audiences/insert-contacts.server.ts";
import { inTx } from "#db/tx.ts";

export interface TestTenant {
	accountId: number;
	campaignId: number;
}

/** An account under the root with a campaign that is about to be prepared, to these phones (E.164). Twice gives two tenants. */
export async function testCampaign(phones: string[]): Promise<TestTenant> {
	return inTx((tx) => {
		const now = Date.now();
		const id = (row: { lastInsertRowid: number | bigint }) => Number(row.lastInsertRowid);
		tx.sql(
			"INSERT INTO accounts (id, kind, path, name, time_zone, country, created_at_utc) VALUES (1, 'admin', '/1/', 'Root', 'UTC', 'UA', ?) ON CONFLICT DO NOTHING",
		).run(now);
		const accountId = id(
			tx
				.sql(
					"INSERT INTO accounts (parent_id, kind, path, name, time_zone, country, created_at_utc) VALUES (1, 'client', ?, 'Tenant', 'UTC', 'UA', ?)",
				)
				.run(`/1/test-${Math.random()}/`, now),
		);
		tx.sql("UPDATE accounts SET path = '/1/' || id || '/' WHERE id = ?").run(accountId);
		const collectionId = id(
			tx
				.sql(
					"INSERT INTO collections (account_id, kind, name, country, state, valid_count, created_at_utc) VALUES (?, 'one_off', 'test', 'UA', 'ready', ?, ?)",
				)
				.run(accountId, phones.length, now),
		);
		insertContacts(tx, { accountId, collectionId }, phones);
		const campaignId = id(
			tx
				.sql(
					`INSERT INTO campaigns (account_id, user_id, name, channel, sender, text, collection_id, state, form_key, created_at_utc, started_at_utc)
					 VALUES (?, 1, 'test', 'viber', 'DemoShop', 'Hello', ?, 'preparing', ?, ?, ?)`,
				)
				.run(accountId, collectionId, `form-${collectionId}`, now, now),
		);
		tx.sql("INSERT INTO campaign_counters (campaign_id, account_id) VALUES (?, ?)").run(campaignId, accountId);
		return { accountId, campaignId };
	});
}

/** An active Viber provider of the platform that is called at `baseUrl`; Infobip, where `settings` are not of another adapter. */
export async function testProvider(
	baseUrl: string,
	how: {
		apiKey?: string;
		bulkSize?: number;
		connections?: number;
		other?: { adapter: string; settings: object };
	} = {},
): Promise<number> {
	return inTx((tx) => {
		const providerId = Number(
			tx
				.sql(
					`INSERT INTO providers (account_id, name, adapter, channel, state, sealed_settings, bulk_size, connections, created_at_utc)
					 VALUES (1, 'Test', ?, 'viber', 'active', '', ?, ?, ?)`,
				)
				.run(how.other?.adapter ?? "infobip-viber", how.bulkSize ?? 100, how.connections ?? 16, Date.now())
				.lastInsertRowid,
		);
		tx.sql("UPDATE providers SET sealed_settings = ? WHERE id = ?").run(
			seal(
				JSON.stringify({ baseUrl, apiKey: how.apiKey ?? "test-key", ...how.other?.settings }),
				`provider:${providerId}`,
			),
			providerId,
		);
		return providerId;
	});
}

/** `count` different phones that libphonenumber takes for Ukrainian mobiles, from `from` on. */
export function testPhones(count: number, from = 1_000_000): string[] {
	return Array.from({ length: count }, (_, i) => `+38067${from + i}`);
}

import { type FallbackInput, saveFallback } from "#app/modules/fallback/save-fallback.server.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { type TestTenant, testCampaign } from "./campaign.ts";

export interface TestLegs extends TestTenant {
	second: TestTenant;
}

/** A campaign that is about to be prepared, with a second leg by SMS. */
export async function testLegs(phones: string[], rule: Partial<FallbackInput> = {}): Promise<TestLegs> {
	const of = await testCampaign(phones);
	const sender = { channel: "sms", name: "DemoSMS" } as const;
	await inTx((tx) => saveFallback(tx, of, { sender, text: "By SMS", afterSeconds: null, reasons: [], ...rule }));
	const { id } = readBooks((tx) => tx.sql<{ id: number }>("SELECT max(id) AS id FROM campaigns").get())!;
	return { ...of, second: { accountId: of.accountId, campaignId: id } };
}

export interface SeenPerson {
	recipient: string;
	first: number;
	/** Null: has none. */
	second: number | null;
}

/** Everybody of a campaign with the states of both messages, in the order of the first leg. */
export function peopleOf(campaignId: number): SeenPerson[] {
	return readBooks((tx) =>
		tx
			.sql<SeenPerson>(
				`SELECT m.recipient, s.state AS first, f.state AS second FROM messages m JOIN message_states s ON s.id = m.id
				 LEFT JOIN message_states f ON f.id = s.fallback_id WHERE m.campaign_id = ? ORDER BY m.id`,
			)
			.all(campaignId),
	);
}

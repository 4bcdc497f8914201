import { expect, it } from "vitest";
import { testBooks } from "#db/testing/books.ts";
import { testCampaign, testPhones } from "#db/testing/campaign.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { ABANDONED_AFTER_MS, sweepCollections } from "./sweep-collections.server.ts";

testBooks();

const contacts = (accountId: number) =>
	readBooks((tx) => tx.sql<{ n: number }>("SELECT count(*) AS n FROM contacts WHERE account_id = ?").get(accountId))!.n;

it("removes what no campaign took within a week, in slices, and nothing else", async () => {
	const taken = await testCampaign(testPhones(10));
	const abandoned = await testCampaign(testPhones(2_500));
	await inTx((tx) => tx.sql("DELETE FROM campaigns WHERE id = ?").run(abandoned.campaignId));
	expect(await sweepCollections()).toBe(0);
	expect(await sweepCollections(Date.now() + ABANDONED_AFTER_MS + 1_000)).toBe(1);
	expect(contacts(abandoned.accountId)).toBe(0);
	expect(contacts(taken.accountId)).toBe(10);
	expect(readBooks((tx) => tx.sql("SELECT account_id, country, contacts FROM collection_countries").all())).toEqual([
		{ account_id: taken.accountId, country: "UA", contacts: 10 },
	]);
	expect(readBooks((tx) => tx.sql<{ account_id: number }>("SELECT account_id FROM collections").all())).toEqual([
		{ account_id: taken.accountId },
	]);
});

import { expect, it } from "vitest";
import { migrateBooks } from "./migrate.ts";
import { testBooks } from "./testing/books.ts";
import { testCampaign } from "./testing/campaign.ts";
import { inTx, readBooks } from "./tx.ts";

testBooks();

it("people from before there were countries are given theirs, once, and counted", async () => {
	await testCampaign(["+380501234567", "+48500000001", "+380671234567"]);
	await testCampaign(["+380501234567"]);
	const counts = () =>
		readBooks((tx) =>
			tx.sql("SELECT collection_id, account_id, country, contacts FROM collection_countries ORDER BY 1, 3").all(),
		);
	const countries = () => readBooks((tx) => tx.sql("SELECT country FROM contacts ORDER BY id").pluck().all());
	const asCounted = counts();
	expect(asCounted).toHaveLength(3);
	await inTx((tx) => {
		tx.sql("UPDATE contacts SET country = ''").run();
		tx.sql("DELETE FROM collection_countries").run();
		tx.sql("DELETE FROM settings WHERE key = 'contact_countries'").run();
	});
	migrateBooks();
	expect(counts()).toEqual(asCounted);
	expect(countries()).toEqual(["UA", "PL", "UA", "UA"]);
	await inTx((tx) => tx.sql("UPDATE contacts SET country = ''").run());
	migrateBooks();
	expect(countries()).toEqual(["", "", "", ""]);
});

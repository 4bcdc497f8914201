import { beforeEach, describe, expect, it } from "vitest";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { insertContacts } from "#app/modules/audiences/insert-contacts.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { testPhones } from "#db/testing/campaign.ts";
import { inTx, readBooks, type Tx } from "#db/tx.ts";
import { type ForecastLeg, forecast } from "./forecast.server.ts";
import { addPrice } from "./testing/add-price.ts";

testBooks();
let on: Actors;
beforeEach(async () => {
	on = await makeActors();
	await inTx((tx) => {
		addPrice(tx, { accountId: 1, channel: "viber", unitMicros: 10 });
		addPrice(tx, { accountId: 1, channel: "sms", unitMicros: 20 });
		addPrice(tx, { accountId: on.dealer.account.id, channel: "viber", country: "UA", unitMicros: 15 });
		addPrice(tx, { accountId: on.dealer.account.id, channel: "viber", country: "PL", unitMicros: 90 });
		addPrice(tx, { accountId: on.dealer.account.id, channel: "sms", country: "UA", unitMicros: 25 });
		addPrice(tx, { accountId: on.dealer.account.id, channel: "sms", country: "PL", unitMicros: 30 });
	});
});

const COLLECTION = 7;
function people(tx: Tx, accountId: number) {
	insertContacts(tx, { accountId, collectionId: COLLECTION }, [
		...testPhones(5),
		...["+48500000001", "+48500000002", "+4915112345678", "+882161234567"],
	]);
}
const viber: ForecastLeg = { channel: "viber", kind: "text", parts: 1 };
const sms: ForecastLeg = { channel: "sms", kind: "text", parts: 3 };
const of = (who: keyof Actors, legs: ForecastLeg & { second?: ForecastLeg } = viber) =>
	readBooks((tx) =>
		forecast(tx, { accountPath: on[who].account.path, collectionId: COLLECTION, at: Date.now(), ...legs }),
	);

describe("a forecast", () => {
	it("is of people by country, and names what has no price", async () => {
		await inTx((tx) => people(tx, on.client.account.id));
		const { countries, ...rest } = of("client");
		expect(
			countries.map(({ country, people, unitMicros, totalMicros }) => [country, people, unitMicros, totalMicros]),
		).toEqual([
			["UA", 5, 15, 75],
			["PL", 2, 90, 180],
		]);
		expect(countries[0]!.tiers).toEqual([
			{ accountId: on.client.account.id, unitMicros: 15 },
			{ accountId: on.dealer.account.id, unitMicros: 10 },
		]);
		const missing = { people: 1, accountId: on.client.account.id, channel: "viber" };
		expect(rest).toEqual({
			people: 9,
			totalMicros: 255,
			missing: [
				{ country: "", ...missing },
				{ country: "DE", ...missing },
			],
		});
	});

	it("counts of two legs the dearer, and every part of an SMS", async () => {
		await inTx((tx) => people(tx, on.client.account.id));
		const { countries } = of("client", { ...viber, second: sms });
		expect(countries.map(({ country, unitMicros }) => [country, unitMicros])).toEqual([
			["UA", 75],
			["PL", 90],
		]);
		expect(countries[0]!.tiers[0]!.unitMicros).toBe(15);
		expect(countries[0]!.secondTiers!.map(({ unitMicros }) => unitMicros)).toEqual([75, 60]);
	});

	it("of the root's own messages is nothing; another account's people are nobody", async () => {
		await inTx((tx) => people(tx, 1));
		expect(of("admin")).toMatchObject({ people: 9, totalMicros: 0, missing: [] });
		expect(of("client")).toMatchObject({ people: 0, countries: [], missing: [] });
	});
});

import { expect } from "vitest";
import { closeBooks } from "#db/client.ts";
import { until } from "#jobs/testing/until.ts";
import { Dealers, lossReport, toldFaults } from "./dealers.ts";
import { type Campaign, House } from "./house.ts";
import { useBooksOf } from "./leading.ts";

/** Three nodes, and dealers with money in their books who have not begun yet. */
export async function houseWithDealers(): Promise<{ house: House; dealers: Dealers }> {
	const house = await House.open();
	useBooksOf(house.cluster, house.epoch.node);
	const dealers = await Dealers.settle(house.living);
	closeBooks();
	return { house, dealers };
}

/**
 * Lets the campaign be sent to its end, dealers having stopped, and expects that nobody was written to twice, the books prove, and all that dealers
 * were told is so.
 *
 * @returns what the takeovers' report says is lost.
 */
export async function expectAllRight(house: House, dealers: Dealers, campaign: Campaign) {
	house.fake.control({ answerMs: [1, 20] });
	await until("the campaign is done", 600_000, () => house.isDone(campaign.of));
	expect(await house.faults(campaign)).toEqual([]);
	expect(house.prove()).toMatch(/^proved: \d+ transfers/);
	useBooksOf(house.cluster, house.epoch.node);
	expect(toldFaults(dealers)).toEqual([]);
	const { faults, ...loss } = await lossReport(dealers);
	expect(faults).toEqual([]);
	closeBooks();
	return loss;
}

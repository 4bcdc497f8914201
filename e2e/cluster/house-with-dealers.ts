import { closeBooks } from "#db/client.ts";
import { Dealers } from "./dealers.ts";
import { House } from "./house.ts";
import { useBooksOf } from "./leading.ts";

/** Three nodes, and dealers with money in their books who have not begun yet. */
export async function houseWithDealers(): Promise<{ house: House; dealers: Dealers }> {
	const house = await House.open();
	useBooksOf(house.cluster, house.epoch.node);
	const dealers = await Dealers.settle(house.living);
	closeBooks();
	return { house, dealers };
}

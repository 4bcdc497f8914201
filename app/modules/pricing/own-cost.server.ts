import type { ChannelName } from "#app/channels/channel.ts";
import type { Tx } from "#db/tx.ts";
import { ANY_BUYER } from "./find-price.server.ts";
import { type Lines, linesAt } from "./price-list.ts";
import { priceRows, providerLines } from "./price-rows.server.ts";

/**
 * The lists that an account's own cost of one message comes from, the one that counts first: its own from the account above, then that for
 * all there; the root's are the providers'.
 *
 * @param path of the account.
 */
export function ownCost(tx: Tx, path: string, channel: ChannelName, at: number): Lines[] {
	const [accountId, aboveId] = path.split("/").filter(Boolean).map(Number).reverse() as [number, number | undefined];
	if (aboveId === undefined) return [providerLines(tx, accountId, channel)];
	const rows = priceRows(tx, aboveId, accountId, channel);
	return [linesAt(rows, accountId, at), linesAt(rows, ANY_BUYER, at)];
}

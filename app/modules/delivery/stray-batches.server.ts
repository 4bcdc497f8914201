import { log } from "#app/lib/log.ts";
import { retakeBatch } from "#app/modules/messages/retake-batch.server.ts";
import type { Tx } from "#db/tx.ts";
import type { WireBatch } from "#jobs/wire/read-intents-since.ts";
import { forgetStray, readStrays } from "#jobs/wire/stray-batches.ts";
import { asRetaken } from "./replay-intents.server.ts";

/** By campaign, in the order of their intents. */
const strays = new Map<number, WireBatch[]>();

/** Reads which batches speak of people whom the books have lost; once, by whoever has taken the books over, before anything is claimed. */
export async function loadStrays(): Promise<number> {
	const batches = await readStrays();
	strays.clear();
	for (const [campaignId, of] of Map.groupBy(batches, (batch) => batch.campaignId)) strays.set(campaignId, of);
	return batches.length;
}

/**
 * Settles what is known of people whom the campaign has got back since a failover lost them; in the transaction that claims, so that nobody
 * comes in between. Costs nothing where nothing was lost.
 */
export function meetStrays(tx: Tx, campaignId: number): void {
	const batches = strays.get(campaignId);
	if (!batches) return;
	const left = batches.filter((batch) => {
		const { missing } = retakeBatch(tx, asRetaken(batch));
		return missing > 0;
	});
	// Read again after the next taking over, should this transaction come to nothing.
	if (left.length === 0) strays.delete(campaignId);
	else strays.set(campaignId, left);
	for (const { batchId } of batches.filter((batch) => !left.includes(batch)))
		setImmediate(() =>
			forgetStray(batchId).catch((error) => log.warn({ error: String(error), batchId }, "a stray batch stays noted")),
		);
}

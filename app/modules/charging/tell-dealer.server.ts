import { putCoverMissing } from "#app/modules/notices/put-cover-missing.server.ts";
import { inTx } from "#db/tx.ts";
import { DealerShortError } from "./hold.errors.ts";

/** Waits for what somebody does to a campaign; where a dealer above could not cover what it loses, that one is told. Passes the error on. */
export async function tellDealer(deed: Promise<void>, account: { id: number }): Promise<void> {
	try {
		await deed;
	} catch (error) {
		if (error instanceof DealerShortError) {
			const { dealerId } = error;
			await inTx((tx) => putCoverMissing(tx, dealerId, account.id));
		}
		throw error;
	}
}

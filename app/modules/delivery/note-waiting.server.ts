import { inTx } from "#db/tx.ts";
import type { Progress } from "./send-progress.ts";

/**
 * Says on a sending campaign's page why it waits, or that it no longer does. It stays "sending": it goes on by itself.
 *
 * @param cause a key of the causes of campaigns.
 */
export async function noteWaiting(
	of: { accountId: number; campaignId: number },
	progress: Progress,
	cause: "providers_resting" | "day_limit" | null,
): Promise<void> {
	if (progress.waitsFor === cause) return;
	progress.waitsFor = cause;
	await inTx((tx) => {
		tx.sql("UPDATE campaigns SET cause = ? WHERE id = ? AND account_id = ? AND state = 'sending'").run(
			cause,
			of.campaignId,
			of.accountId,
		);
	});
}

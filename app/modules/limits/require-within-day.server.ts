import { localOf } from "#app/modules/campaigns/local-time.ts";
import { currency } from "#app/modules/platform/currency.server.ts";
import type { Tx } from "#db/tx.ts";
import { type AccountDay, accountDay } from "./account-day.server.ts";
import { allowedVolume } from "./brake.ts";
import { SpendCapError, VolumeBrakeError, WaitsForDealerError } from "./limits.errors.ts";
import { brakeOf, capOf, limitsOf } from "./limits-of.server.ts";

/**
 * Lets a campaign begin only within what its account may spend in a day, and within what it usually sends, unless somebody above has
 * released it. Asked in the transaction that then counts it: of several at once none passes what another has used up.
 *
 * @throws SpendCapError, VolumeBrakeError, WaitsForDealerError (those above have decided not to send it): nothing is written.
 */
export function requireWithinDay(
	tx: Tx,
	{ accountId, campaignId }: { accountId: number; campaignId: number },
	{ micros, messages }: { micros: number; messages: number },
	now = Date.now(),
): void {
	const day = accountDay(tx, accountId, now);
	const limits = limitsOf(tx, accountId);
	const capMicros = capOf(limits);
	if (capMicros !== null && micros > 0 && day.spentMicros + micros > capMicros)
		throw capError(tx, day, capMicros, micros);
	if (day.isRoot) return;
	const decided = tx
		.sql<{ decision: string | null }>("SELECT decision FROM limit_waits WHERE campaign_id = ? AND account_id = ?")
		.get(campaignId, accountId);
	if (decided?.decision === "released") return;
	if (decided?.decision === "kept") throw new WaitsForDealerError();
	const allowed = allowedVolume(brakeOf(tx, limits), day.busiest, day.isNew);
	if (allowed !== null && day.messages + messages > allowed)
		throw new VolumeBrakeError(messages, day.messages, allowed);
}

function capError(tx: Tx, day: AccountDay, capMicros: number, needMicros: number): SpendCapError {
	const { timeZone } = day;
	const { date, time } = localOf(day.resetsAtUtc, timeZone);
	const resetsAt = `${date} ${time}`;
	return new SpendCapError({
		...{ capMicros, needMicros, usedMicros: day.spentMicros, currency: currency(tx), resetsAt, timeZone },
	});
}

import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import { limitsOf } from "./get-limits-page.server.ts";
import type { LimitsInput } from "./limits.schema.ts";
import { raiseVersion, requireProvider } from "./require-provider.server.ts";

/**
 * Sets how much a provider is given, and when the admin's people are told that something is wrong with it.
 *
 * @param version what the page showed.
 * @throws Response 403; ProviderNotFoundError, StaleProviderError
 */
export async function setLimits(actor: Actor, providerId: number, version: number, input: LimitsInput): Promise<void> {
	requireRight(actor, "providers.update");
	await inTx((tx) => {
		const { name } = requireProvider(tx, actor, providerId, version);
		const before = limitsOf(tx, actor, providerId);
		tx.sql(
			`UPDATE providers SET per_second = @perSecond, per_sender_per_second = @perSenderPerSecond, per_day = @perDay,
			        alarm_error_percent = @alarmErrorPercent, alarm_silence_minutes = @alarmSilenceMinutes,
			        alarm_balance_micros = @alarmBalance
			  WHERE id = @providerId AND account_id = @accountId`,
		).run({ ...input, providerId, accountId: actor.account.id });
		raiseVersion(tx, actor, providerId);
		const changed = (Object.keys(input) as (keyof LimitsInput)[]).filter((key) => input[key] !== before[key]);
		const detail = Object.fromEntries(changed.map((key) => [key, input[key]]));
		writeAudit(tx, actor, "provider.limits", `provider:${providerId}`, { name, ...detail });
	});
}

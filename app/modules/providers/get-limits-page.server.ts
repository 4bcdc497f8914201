import { writeMicros } from "#app/lib/micros.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import type { Tx } from "#db/tx.ts";
import type { LimitsInput } from "./limits.schema.ts";
import { type ProviderHead, requireProvider } from "./require-provider.server.ts";

/** The form of the limits as it is typed. */
export type LimitsValues = Record<keyof LimitsInput, string>;

/** @throws Response 403; ProviderNotFoundError */
export function getLimitsPage(
	tx: Tx,
	actor: Actor,
	providerId: number,
): { provider: ProviderHead; values: LimitsValues } {
	requireRight(actor, "providers.read");
	const provider = requireProvider(tx, actor, providerId);
	const { alarmBalance, ...limits } = limitsOf(tx, actor, providerId);
	const typed = Object.entries(limits).map(([name, value]) => [name, value === null ? "" : String(value)]);
	return {
		provider,
		values: { ...Object.fromEntries(typed), alarmBalance: alarmBalance === null ? "" : writeMicros(alarmBalance) },
	};
}

export function limitsOf(tx: Tx, actor: Actor, providerId: number): LimitsInput {
	return tx
		.sql<LimitsInput>(
			`SELECT per_second AS perSecond, per_sender_per_second AS perSenderPerSecond, per_day AS perDay,
			        alarm_error_percent AS alarmErrorPercent, alarm_silence_minutes AS alarmSilenceMinutes,
			        alarm_balance_micros AS alarmBalance
			   FROM providers WHERE id = ? AND account_id = ?`,
		)
		.get(providerId, actor.account.id)!;
}

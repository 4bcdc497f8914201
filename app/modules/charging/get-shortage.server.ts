import { balanceOf } from "#app/modules/ledger/balance-of.server.ts";
import type { Tx } from "#db/tx.ts";
import type { CampaignForecast } from "./campaign-forecast.server.ts";
import { planHold } from "./plan-hold.ts";

/** Why a campaign cannot be held for all of its people, as its own people are told. */
export interface Shortage {
	/** Micro-units: of its own balance; 0: that would cover it. */
	missingMicros: number;
	owedMicros: number;
	people: number;
	/** People whom the balance covers, the cheapest countries first. */
	coveredPeople: number;
	/** What is missing is not the account's own. */
	isDealerShort: boolean;
}

/** Null: all can be held, as far as there are prices. For whoever may start it: the caller has checked. */
export function getShortage(
	tx: Tx,
	accountId: number,
	{ countries, rootId, totalMicros }: CampaignForecast,
): Shortage | null {
	const { owedMicros } = balanceOf(tx, accountId);
	const plan = planHold(countries, rootId, (payerId) => balanceOf(tx, payerId).spendableMicros);
	if (plan.missing.size === 0 && (owedMicros === 0 || totalMicros === 0)) return null;
	const missingMicros = plan.missing.get(accountId) ?? 0;
	const isDealerShort = plan.missing.size > (missingMicros > 0 ? 1 : 0);
	const { people, coveredPeople } = plan;
	return { missingMicros, owedMicros, people, coveredPeople, isDealerShort };
}

import { balanceOf } from "#app/modules/ledger/balance-of.server.ts";
import type { Tx } from "#db/tx.ts";
import { campaignForecast, type PricedCampaign } from "./campaign-forecast.server.ts";
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
export function getShortage(tx: Tx, campaign: PricedCampaign): Shortage | null {
	const { countries, rootId, totalMicros } = campaignForecast(tx, campaign);
	const { owedMicros } = balanceOf(tx, campaign.accountId);
	const plan = planHold(countries, rootId, (accountId) => balanceOf(tx, accountId).spendableMicros);
	if (plan.missing.size === 0 && (owedMicros === 0 || totalMicros === 0)) return null;
	const missingMicros = plan.missing.get(campaign.accountId) ?? 0;
	const isDealerShort = plan.missing.size > (missingMicros > 0 ? 1 : 0);
	const { people, coveredPeople } = plan;
	return { missingMicros, owedMicros, people, coveredPeople, isDealerShort };
}

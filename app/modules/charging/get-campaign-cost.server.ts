import { balanceOf } from "#app/modules/ledger/balance-of.server.ts";
import type { Tx } from "#db/tx.ts";
import { campaignForecast, type PricedCampaign } from "./campaign-forecast.server.ts";
import { planHold } from "./plan-hold.ts";

/** What a campaign that has not begun costs its own account at most, and whether that is there. Micro-units. */
export interface CampaignCost {
	/** ISO 3166 code; "": of no country that is known. The most people first. */
	countries: { country: string; people: number; unitMicros: number; totalMicros: number }[];
	people: number;
	totalMicros: number;
	spendableMicros: number;
	owedMicros: number;
	/** Of its own; 0: it is all there. */
	missingMicros: number;
	/** People whom it covers. */
	coveredPeople: number;
	/** Something above is missing that its own people can do nothing about. */
	isDealerShort: boolean;
	/** Countries that have no price. */
	unpriced: string[];
}

/** For whoever may start it: the caller has checked. */
export function getCampaignCost(tx: Tx, campaign: PricedCampaign): CampaignCost {
	const { countries, missing, rootId, people, totalMicros } = campaignForecast(tx, campaign);
	const own = balanceOf(tx, campaign.accountId);
	const plan = planHold(countries, rootId, (accountId) => balanceOf(tx, accountId).spendableMicros);
	const missingMicros = plan.missing.get(campaign.accountId) ?? 0;
	return {
		countries: countries.map(({ country, people, unitMicros, totalMicros }) => ({
			country,
			people,
			unitMicros,
			totalMicros,
		})),
		people,
		totalMicros,
		spendableMicros: own.spendableMicros,
		owedMicros: own.owedMicros,
		missingMicros,
		coveredPeople: plan.coveredPeople,
		isDealerShort: plan.missing.size > (missingMicros > 0 ? 1 : 0),
		unpriced: missing.map(({ country }) => country),
	};
}

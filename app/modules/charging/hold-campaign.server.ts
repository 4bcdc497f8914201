import { payFees } from "#app/modules/fees/pay-fees.server.ts";
import { balanceOf } from "#app/modules/ledger/balance-of.server.ts";
import type { By } from "#app/modules/ledger/transfer.ts";
import { countDay } from "#app/modules/limits/count-day.server.ts";
import { requireWithinDay } from "#app/modules/limits/require-within-day.server.ts";
import { chargeTerms } from "#app/modules/pricing/charge-terms.server.ts";
import type { Tx } from "#db/tx.ts";
import { campaignForecast, type PricedCampaign } from "./campaign-forecast.server.ts";
import { heldOf } from "./charge-parts.ts";

import {
	BalanceShortError,
	CoverChangedError,
	DealerShortError,
	FeeUnpaidError,
	OwingError,
	PriceMissingError,
} from "./hold.errors.ts";

import { openClasses } from "./open-classes.server.ts";
import { type HoldPlan, planHold } from "./plan-hold.ts";

/**
 * Holds the money for everybody of a campaign's audience at every tier, in the transaction in which it begins to be prepared; what each
 * message costs is written down with it, once and for all. One that has been held for before is left as it is.
 *
 * @param how.coverOnly where the sender's balance is short, for as many as it covers.
 * @param how.coverSeen so many people were shown as covered to whoever chose that: no other number is paid for.
 * @throws PriceMissingError, OwingError, BalanceShortError (also where it covers nobody), DealerShortError, CoverChangedError,
 * FeeUnpaidError, SpendCapError, VolumeBrakeError, WaitsForDealerError: before anything is written but fees that could be paid, so a caller may go on.
 */
export function holdCampaign(
	tx: Tx,
	campaign: PricedCampaign,
	how: { coverOnly: boolean; coverSeen?: number; by: By },
): void {
	const of = { accountId: campaign.accountId, campaignId: campaign.id };
	if (tx.sql("SELECT 1 FROM price_classes WHERE campaign_id = ? AND account_id = ?").get(campaign.id, of.accountId))
		return;
	countUncounted(tx, campaign);
	const { countries, missing, rootId, parts, secondParts } = campaignForecast(tx, campaign, Date.now());
	if (missing[0]) throw new PriceMissingError(missing[0].country);
	const isPaid = countries.some(({ unitMicros }) => unitMicros > 0);
	if (isPaid && balanceOf(tx, of.accountId).owedMicros > 0) throw new OwingError();
	if (isPaid && !payFees(tx, of.accountId)) throw new FeeUnpaidError();
	const plan = planHold(countries, rootId, (accountId) => balanceOf(tx, accountId).spendableMicros);
	const ownMissing = plan.missing.get(of.accountId);
	const isShort = plan.missing.size > 0 && (!how.coverOnly || plan.coveredPeople === 0);
	if (isShort && ownMissing) throw new BalanceShortError(ownMissing);
	if (isShort) throw new DealerShortError([...plan.missing.keys()][0]!);
	if (how.coverOnly && how.coverSeen !== undefined && how.coverSeen !== plan.coveredPeople)
		throw new CoverChangedError(plan.coveredPeople);
	const begun = { micros: ownHeld(plan, rootId, of.accountId), messages: plan.coveredPeople };
	requireWithinDay(tx, of, begun);
	const classes = plan.covered.map(({ country: { country, tiers, secondTiers }, quantity }) => ({
		country,
		kind: "text" as const,
		tiers,
		secondTiers,
		parts,
		secondParts,
		quantity,
	}));
	openClasses(tx, of, chargeTerms(tx, campaign.channel), classes, how.by);
	countDay(tx, of.accountId, begun);
}

/** Of the sender's own money. */
function ownHeld({ covered }: HoldPlan, rootId: number, accountId: number): number {
	const heldFor = covered.map(
		({ country, quantity }) => (heldOf({ ...country, rootId }).get(accountId) ?? 0) * quantity,
	);
	return heldFor.reduce((sum, micros) => sum + micros, 0);
}

/** A collection from before people were counted by country. */
function countUncounted(tx: Tx, { collectionId, accountId }: PricedCampaign): void {
	tx.sql(
		`INSERT INTO collection_countries (collection_id, account_id, country, contacts)
		 SELECT collection_id, account_id, country, count(*) FROM contacts WHERE collection_id = @collectionId AND account_id = @accountId
		    AND NOT EXISTS (SELECT 1 FROM collection_countries k WHERE k.collection_id = @collectionId AND k.account_id = @accountId)
		  GROUP BY country`,
	).run({ collectionId, accountId });
}

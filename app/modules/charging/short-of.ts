import type { CauseKey } from "#app/channels/causes.ts";
import { BalanceShortError, DealerShortError, FeeUnpaidError, OwingError, PriceMissingError } from "./hold.errors.ts";

/** Why a campaign cannot begin, as what it is paused for; null: it can. What is no such reason goes on. */
export function shortOf(hold: () => void): { cause: CauseKey | "fee_unpaid"; dealerId?: number } | null {
	try {
		hold();
		return null;
	} catch (error) {
		if (error instanceof BalanceShortError || error instanceof OwingError) return { cause: "balance_short" };
		if (error instanceof FeeUnpaidError) return { cause: "fee_unpaid" };
		if (error instanceof PriceMissingError) return { cause: "price_missing" };
		if (error instanceof DealerShortError) return { cause: "dealer_short", dealerId: error.dealerId };
		throw error;
	}
}

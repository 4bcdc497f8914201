import type { CauseKey } from "#app/channels/causes.ts";
import { SpendCapError, VolumeBrakeError, WaitsForDealerError } from "#app/modules/limits/limits.errors.ts";
import { BalanceShortError, DealerShortError, FeeUnpaidError, OwingError, PriceMissingError } from "./hold.errors.ts";

/** What a campaign as a whole is paused for; `dealerId`: who is to be told, `brake`: for whom it waits. */
export interface Short {
	cause: CauseKey | "fee_unpaid" | "spend_cap" | "volume_brake" | "volume_kept";
	dealerId?: number;
	brake?: VolumeBrakeError;
}

/** Why a campaign cannot begin, as what it is paused for; null: it can. What is no such reason goes on. */
export function shortOf(hold: () => void): Short | null {
	try {
		hold();
		return null;
	} catch (error) {
		if (error instanceof BalanceShortError || error instanceof OwingError) return { cause: "balance_short" };
		if (error instanceof FeeUnpaidError) return { cause: "fee_unpaid" };
		if (error instanceof SpendCapError) return { cause: "spend_cap" };
		if (error instanceof VolumeBrakeError) return { cause: "volume_brake", brake: error };
		if (error instanceof WaitsForDealerError) return { cause: "volume_kept" };
		if (error instanceof PriceMissingError) return { cause: "price_missing" };
		if (error instanceof DealerShortError) return { cause: "dealer_short", dealerId: error.dealerId };
		throw error;
	}
}

import type { Tier } from "./tiers.ts";

/** What one message means to an account that may see it, in micro-units. */
export interface ViewedUnits {
	/** What it pays, as the sender; or what the account directly below it pays it. */
	price: number;
	/** What it pays to the one above; null: it is the sender, or the root, whose cost is the provider's. */
	ownPrice: number | null;
}

/** Nobody sees what those above pay; null: the account stood nowhere in the branch when the campaign began, or nobody pays. */
export function viewedUnits(tiers: Tier[], rootId: number, viewerId: number): ViewedUnits | null {
	if (viewerId === rootId) return tiers.length > 0 ? { price: tiers.at(-1)!.unitMicros, ownPrice: null } : null;
	const at = tiers.findIndex(({ accountId }) => accountId === viewerId);
	if (at < 0) return null;
	if (at === 0) return { price: tiers[0]!.unitMicros, ownPrice: null };
	return { price: tiers[at - 1]!.unitMicros, ownPrice: tiers[at]!.unitMicros };
}

import { isSubset, type Right, type Rights } from "#app/modules/access/rights.ts";

/** What a role lets its people do, and with which accounts. As it is written down: what of it the account has today is another matter. */
export interface Reach {
	rights: Rights;
	/** Only these accounts and their branches; null: the whole scope of the account. */
	onlyAccountIds: readonly number[] | null;
}

/**
 * Whether a reach lies wholly within another: nobody grants, changes or takes over what is more than its own.
 *
 * @param isInScope whether an account lies in the branches of whoever has the `outer` reach, as they stand now.
 */
export function isWithin(inner: Reach, outer: Reach, isInScope: (accountId: number) => boolean): boolean {
	return isSubset(inner.rights, outer.rights) && areAccountsWithin(inner.onlyAccountIds, outer, isInScope);
}

export function areAccountsWithin(
	ids: readonly number[] | null,
	outer: Reach,
	isInScope: (accountId: number) => boolean,
): boolean {
	const { onlyAccountIds: own } = outer;
	if (own === null) return true;
	// An account that has been moved out of reach stays nobody's to grant but theirs who have it themselves.
	return ids?.every((id) => own.includes(id) || isInScope(id)) ?? false;
}

/** Whoever may change something of a module may see it: without that, no page would lead there. */
export function withReading(rights: Iterable<Right>): Set<Right> {
	const all = new Set(rights);
	for (const right of rights)
		all.add(right === "prices.update" ? "money.read" : (`${right.split(".")[0]}.read` as Right));
	return all;
}

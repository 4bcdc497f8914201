import type { AccountKind } from "./actor.ts";

/**
 * Every right there is: module × verb. `numbers.read` shows phone numbers whole, `money.read` shows prices and balances; who
 * lacks them sees masked numbers and no money. `money.create` moves money between the own account and those below it.
 */
export const RIGHTS = [
	"campaigns.create",
	"campaigns.read",
	"campaigns.update",
	"campaigns.delete",
	"numbers.read",
	"accounts.create",
	"accounts.read",
	"accounts.update",
	"accounts.delete",
	"employees.create",
	"employees.read",
	"employees.update",
	"employees.delete",
	"audit.read",
	"money.read",
	"prices.update",
	"stops.create",
	"stops.read",
	"stops.delete",
	"money.create",
	"providers.create",
	"providers.read",
	"providers.update",
] as const;

export type Right = (typeof RIGHTS)[number];
export type Rights = ReadonlySet<Right>;

export const ALL_RIGHTS: Rights = new Set(RIGHTS);

/** What is done only in the own account: nothing to whoever is limited to accounts below it. */
const OWN_ONLY: ReadonlySet<Right> = new Set([
	"campaigns.create",
	"campaigns.update",
	"campaigns.delete",
	"stops.create",
	"stops.read",
	"stops.delete",
	"money.create",
]);

/** What of these rights is left to somebody who may reach accounts below the own one, but not the own one. */
export function withoutOwnAccount(rights: Rights): Rights {
	return new Set([...rights].filter((right) => !OWN_ONLY.has(right)));
}

/** What an account of each kind can have at most, whatever anybody grants. */
const CEILING: Record<AccountKind, (right: Right) => boolean> = {
	admin: () => true,
	dealer: (right) => !right.startsWith("providers."),
	// Nobody stands below a client to be sold to or given money.
	client: (right) => !["providers.", "accounts.", "prices.", "money.create"].some((module) => right.startsWith(module)),
};

/** A stored JSON list of rights; null: no limit. Words that no right is called by any more are passed over. */
export function readRights(json: string | null): Rights {
	if (json === null) return ALL_RIGHTS;
	const words = new Set(JSON.parse(json) as string[]);
	return new Set(RIGHTS.filter((right) => words.has(right)));
}

export function intersect(a: Rights, b: Rights): Rights {
	return new Set(RIGHTS.filter((right) => a.has(right) && b.has(right)));
}

export function isSubset(part: Rights, whole: Rights): boolean {
	return [...part].every((right) => whole.has(right));
}

/**
 * The rights of an account: what its kind can have, less whatever any account from the root down to itself was left without.
 *
 * @param chain the accounts' own grants, root first, the account itself last.
 */
export function rightsAlong(chain: { kind: AccountKind; grants: string | null }[]): Rights {
	return new Set(
		RIGHTS.filter((right) => chain.every(({ kind, grants }) => CEILING[kind](right) && readRights(grants).has(right))),
	);
}

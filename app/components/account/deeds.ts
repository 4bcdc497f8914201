import type { AccountKind } from "#app/modules/access/actor.ts";
import type { Right } from "#app/modules/access/rights.ts";

export const DEEDS = ["edit", "enter", "password", "raise", "lower"] as const;
export type Deed = (typeof DEEDS)[number];

interface Shown {
	kind: AccountKind;
	state: "active" | "blocked" | "closed";
	isBlockedAbove: boolean;
}

/** Who looks, and whether as an owner at home. */
export interface Looker {
	may: (right: Right) => boolean;
	cabinet: AccountKind;
	/** Inside a cabinet that was entered from outside. */
	isInside: boolean;
}

interface Rule {
	/** Below the account's own address. */
	page: string;
	right: Right;
	fits: (account: Shown, looker: Looker) => boolean;
}

const isOpen = ({ state }: Shown) => state !== "closed";

const RULES: Record<Deed, Rule> = {
	edit: { page: "edit", right: "accounts.update", fits: isOpen },
	enter: { page: "enter", right: "accounts.read", fits: isOpen },
	password: { page: "password", right: "accounts.update", fits: (one, { isInside }) => isOpen(one) && !isInside },
	raise: {
		page: "kind",
		right: "accounts.update",
		fits: (one) => one.kind === "client" && one.state === "active" && !one.isBlockedAbove,
	},
	lower: { page: "kind", right: "accounts.update", fits: (one) => one.kind === "dealer" && isOpen(one) },
};

/** What a page offers to somebody above an account: only what would not be refused. */
export function deedsOn(account: Shown, looker: Looker): { deed: Deed; page: string }[] {
	return DEEDS.filter((deed) => looker.may(RULES[deed].right) && RULES[deed].fits(account, looker)).map((deed) => ({
		deed,
		page: RULES[deed].page,
	}));
}

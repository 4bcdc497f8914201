import type { Actor } from "#app/modules/access/actor.ts";
import { mayAsMuch } from "#app/modules/access/as-much.server.ts";
import { hasRight } from "#app/modules/access/require-right.ts";
import type { Right, Rights } from "#app/modules/access/rights.ts";
import type { Account } from "./require-account.server.ts";

export const DEEDS = [
	"edit",
	"enter",
	"password",
	"factor",
	"rights",
	"senders",
	"money",
	"prices",
	"fees",
	"limits",
	"bill",
	"bill-details",
	"raise",
	"lower",
	"block",
	"unblock",
	"attach",
	"close",
] as const;
export type Deed = (typeof DEEDS)[number];

interface Shown extends Pick<Account, "kind" | "state" | "parentId"> {
	isBlockedAbove: boolean;
	/** What its people may do. */
	rights: Rights;
}

const isOpen = ({ state }: Shown) => state !== "closed";
const isRaisable = ({ kind, state, isBlockedAbove }: Shown) =>
	kind === "client" && state === "active" && !isBlockedAbove;

/** The right that each deed's module asks for, and what else it asks for that a page knows. */
const RULES: Record<Deed, { right: Right; fits: (account: Shown, actor: Actor) => boolean }> = {
	edit: { right: "accounts.update", fits: isOpen },
	enter: { right: "accounts.read", fits: (account, { role }) => isOpen(account) && role === "owner" },
	password: {
		right: "accounts.update",
		fits: (account, actor) => isOpen(account) && actor.behindUserId === null && mayAsMuch(actor, account.rights),
	},
	factor: { right: "accounts.update", fits: (account, actor) => isOpen(account) && actor.behindUserId === null },
	rights: { right: "accounts.update", fits: isOpen },
	senders: { right: "accounts.update", fits: isOpen },
	// Also of a closed one: its history stays.
	money: { right: "money.read", fits: () => true },
	prices: {
		right: "money.read",
		fits: (account, actor) => isOpen(account) && account.parentId === actor.account.id,
	},
	fees: {
		right: "money.read",
		fits: (account, actor) => isOpen(account) && account.parentId === actor.account.id,
	},
	limits: { right: "money.read", fits: isOpen },
	bill: { right: "money.create", fits: (account, actor) => account.parentId === actor.account.id },
	"bill-details": { right: "accounts.update", fits: isOpen },
	raise: { right: "accounts.update", fits: isRaisable },
	lower: { right: "accounts.update", fits: (account) => isOpen(account) && account.kind === "dealer" },
	block: { right: "accounts.update", fits: ({ state }) => state === "active" },
	unblock: { right: "accounts.update", fits: ({ state }) => state === "blocked" },
	close: { right: "accounts.delete", fits: isOpen },
	attach: { right: "accounts.update", fits: (account, actor) => isOpen(account) && actor.account.kind === "admin" },
};

/** What a page offers to somebody above an account: only what would not be refused. */
export function deedsOn(actor: Actor, account: Shown): Deed[] {
	return DEEDS.filter((deed) => hasRight(actor, RULES[deed].right) && RULES[deed].fits(account, actor));
}

import type { AccountKind } from "#app/modules/access/actor.ts";
import type { Right } from "#app/modules/access/rights.ts";
import type { IconName } from "../icon.tsx";

interface MenuItem {
	/** Below the cabinet's own address. */
	to: string;
	label: `menu.${"campaigns" | "new_campaign" | "stops" | "accounts" | "tree" | "providers" | "routes" | "inbox" | "money" | "bills" | "revenue" | "spending" | "prices" | "team" | "audit" | "settings"}`;
	icon: IconName;
	/** Shown only to whoever has it; settings are everybody's. */
	right?: Right;
	/** Marked as current only on exactly this page. */
	isExact?: boolean;
	/** Of the own account: not for whoever is limited to accounts below it. */
	isOwn?: boolean;
}

const accounts: MenuItem[] = [
	{ to: "accounts", label: "menu.accounts", icon: "accounts", right: "accounts.read" },
	{ to: "tree", label: "menu.tree", icon: "tree", right: "accounts.read" },
];
const campaigns: MenuItem[] = [
	{ to: "campaigns", label: "menu.campaigns", icon: "campaign", right: "campaigns.read", isOwn: true },
	{ to: "campaigns/new", label: "menu.new_campaign", icon: "add", right: "campaigns.create", isExact: true },
	{ to: "stops", label: "menu.stops", icon: "stops", right: "stops.read", isOwn: true },
];
const money: MenuItem = { to: "money", label: "menu.money", icon: "money", right: "money.read", isOwn: true };
const totals = { to: "totals", icon: "chart", right: "money.read", isOwn: true } as const;
const revenue: MenuItem = { ...totals, label: "menu.revenue" };
const own: MenuItem[] = [
	{ to: "bills", label: "menu.bills", icon: "bills", right: "money.read", isOwn: true },
	{ to: "prices", label: "menu.prices", icon: "prices", right: "money.read", isOwn: true },
	{ to: "team", label: "menu.team", icon: "team", right: "employees.read" },
	{ to: "audit", label: "menu.audit", icon: "audit", right: "audit.read" },
	{ to: "settings", label: "menu.settings", icon: "settings" },
];

/** What each cabinet has; only what exists. */
const MENU: Record<AccountKind, MenuItem[]> = {
	client: [...campaigns, money, { ...totals, label: "menu.spending" }, ...own],
	dealer: [...accounts, ...campaigns, money, revenue, ...own],
	admin: [
		...accounts,
		{ to: "providers", label: "menu.providers", icon: "provider", right: "providers.read" },
		{ to: "routes", label: "menu.routes", icon: "route", right: "providers.read" },
		{ to: "inbox", label: "menu.inbox", icon: "inbox", right: "providers.read" },
		...campaigns,
		money,
		revenue,
		...own,
	],
};

interface MenuReader {
	kind: AccountKind;
	rights: readonly Right[];
	/** Whether the own account lies in the scope. */
	reachesOwn: boolean;
}

/** The menu of somebody with these rights, with whole addresses. */
export function menuFor({ kind, rights, reachesOwn }: MenuReader): MenuItem[] {
	return MENU[kind]
		.filter((item) => (item.right === undefined || rights.includes(item.right)) && (reachesOwn || !item.isOwn))
		.map((item) => ({ ...item, to: `/${kind}/${item.to}` }));
}

/** The item that a page belongs to: the longest whose address the page's begins with. */
export function currentItem(items: MenuItem[], pathname: string): string | undefined {
	return items
		.filter((item) => pathname === item.to || (!item.isExact && pathname.startsWith(`${item.to}/`)))
		.sort((a, b) => b.to.length - a.to.length)[0]?.to;
}

import type { AccountKind } from "#app/modules/access/actor.ts";
import type { IconName } from "../icon.tsx";

interface MenuItem {
	to: string;
	label: "menu.campaigns" | "menu.new_campaign" | "menu.accounts" | "menu.providers";
	icon: IconName;
	/** Marked as current only on exactly this page. */
	isExact?: boolean;
}

const campaigns = (cabinet: AccountKind): MenuItem[] => [
	{ to: `/${cabinet}/campaigns`, label: "menu.campaigns", icon: "campaign" },
	{ to: `/${cabinet}/campaigns/new`, label: "menu.new_campaign", icon: "add", isExact: true },
];

/** What each cabinet has; only what exists and what its people may do. */
export const MENU: Record<AccountKind, MenuItem[]> = {
	client: campaigns("client"),
	dealer: [{ to: "/dealer/accounts", label: "menu.accounts", icon: "accounts" }, ...campaigns("dealer")],
	admin: [
		{ to: "/admin/accounts", label: "menu.accounts", icon: "accounts" },
		{ to: "/admin/providers", label: "menu.providers", icon: "provider" },
		...campaigns("admin"),
	],
};

/** The item that a page belongs to: the longest whose address the page's begins with. */
export function currentItem(items: MenuItem[], pathname: string): string | undefined {
	return items
		.filter((item) => pathname === item.to || (!item.isExact && pathname.startsWith(`${item.to}/`)))
		.sort((a, b) => b.to.length - a.to.length)[0]?.to;
}

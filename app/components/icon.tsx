import bell from "@tabler/icons/outline/bell.svg?raw";
import accounts from "@tabler/icons/outline/building-community.svg?raw";
import chart from "@tabler/icons/outline/chart-bar.svg?raw";
import check from "@tabler/icons/outline/check.svg?raw";
import chevron from "@tabler/icons/outline/chevron-right.svg?raw";
import money from "@tabler/icons/outline/coins.svg?raw";
import bills from "@tabler/icons/outline/file-invoice.svg?raw";
import stops from "@tabler/icons/outline/hand-stop.svg?raw";
import audit from "@tabler/icons/outline/history.svg?raw";
import inbox from "@tabler/icons/outline/inbox.svg?raw";
import signOut from "@tabler/icons/outline/logout.svg?raw";
import menu from "@tabler/icons/outline/menu-2.svg?raw";
import provider from "@tabler/icons/outline/plug-connected.svg?raw";
import add from "@tabler/icons/outline/plus.svg?raw";
import route from "@tabler/icons/outline/route.svg?raw";
import campaign from "@tabler/icons/outline/send.svg?raw";
import settings from "@tabler/icons/outline/settings.svg?raw";
import tree from "@tabler/icons/outline/sitemap.svg?raw";
import prices from "@tabler/icons/outline/tag.svg?raw";
import user from "@tabler/icons/outline/user-circle.svg?raw";
import team from "@tabler/icons/outline/users.svg?raw";
import language from "@tabler/icons/outline/world.svg?raw";

const inner = (svg: string) =>
	svg
		.replace(/<!--[\s\S]*?-->/g, "")
		.replace(/^[\s\S]*?<svg[\s\S]*?>|<\/svg>\s*$/g, "")
		.replace(/\s*\n\s*/g, "");

const ICONS = {
	accounts: inner(accounts),
	add: inner(add),
	audit: inner(audit),
	bell: inner(bell),
	bills: inner(bills),
	campaign: inner(campaign),
	chart: inner(chart),
	check: inner(check),
	chevron: inner(chevron),
	inbox: inner(inbox),
	language: inner(language),
	menu: inner(menu),
	money: inner(money),
	prices: inner(prices),
	provider: inner(provider),
	route: inner(route),
	settings: inner(settings),
	signOut: inner(signOut),
	stops: inner(stops),
	team: inner(team),
	tree: inner(tree),
	user: inner(user),
};
export type IconName = keyof typeof ICONS;

/** An inline SVG made on the server, always beside words (hidden from screen readers). `flip`: turns round in right-to-left pages. */
export function Icon({ name, size = 18, flip }: { name: IconName; size?: number; flip?: boolean }) {
	return (
		<svg
			className={flip ? "flip" : undefined}
			width={size}
			height={size}
			viewBox="0 0 24 24"
			fill="none"
			stroke="currentColor"
			strokeWidth={1.75}
			aria-hidden="true"
			// biome-ignore lint/security/noDangerouslySetInnerHtml: constant text of the icon library
			dangerouslySetInnerHTML={{ __html: ICONS[name] }}
		/>
	);
}

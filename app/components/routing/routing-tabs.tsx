import { Link } from "@remix-run/react";
import { useT } from "#app/lib/page-context.ts";
import { CHANNELS } from "#app/modules/routing/content-kinds.ts";

/** The routes of all channels or of one, and the dry run. */
export function RoutingTabs({ now }: { now: "all" | "try" | (typeof CHANNELS)[number] }) {
	const t = useT("routing");
	const tp = useT("providers");
	const tabs = [
		{ key: "all", to: "/admin/routes", label: t("all_channels") },
		...CHANNELS.map((key) => ({ key, to: `/admin/routes?channel=${key}`, label: tp(`channel_name.${key}`) })),
		{ key: "try", to: "/admin/routes/try", label: t("try.title") },
	];
	return (
		<nav className="filters" aria-label={t("title")}>
			{tabs.map(({ key, to, label }) => (
				<Link key={key} discover="none" to={to} aria-current={key === now ? "page" : undefined}>
					{label}
				</Link>
			))}
		</nav>
	);
}

import { Link } from "@remix-run/react";
import { useT } from "#app/lib/page-context.ts";
import { useCabinetPath } from "../cabinet-path.ts";
import { useRights, useRoot } from "../frame/root-data.ts";

/** What the own account pays, what it takes of everybody directly below, and when messages are charged. */
export function PriceTabs({ now }: { now: "own" | "below" | "terms" }) {
	const t = useT("prices");
	const path = useCabinetPath();
	const may = useRights();
	const kind = useRoot()?.viewer?.kind;
	if (kind === "client") return null;
	const tabs = [
		{ key: "own", to: path("prices") },
		{ key: "below", to: path("prices/below") },
		...(kind === "admin" && may("prices.update") ? [{ key: "terms", to: path("prices/terms") }] : []),
	] as const;
	return (
		<nav className="filters" aria-label={t("title")}>
			{tabs.map(({ key, to }) => (
				<Link key={key} discover="none" to={to} aria-current={key === now ? "page" : undefined}>
					{t(`tab.${key}` as "tab.own")}
				</Link>
			))}
		</nav>
	);
}

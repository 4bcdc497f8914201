import { Link } from "@remix-run/react";
import { useT } from "#app/lib/page-context.ts";
import { useRights } from "../frame/root-data.ts";

/** The pages of one provider. */
export function ProviderTabs({
	id,
	now,
}: {
	id: number;
	now: "settings" | "figures" | "costs" | "limits" | "rehearse";
}) {
	const t = useT("providers");
	const may = useRights();
	const tabs = [
		"settings",
		"figures",
		"costs",
		"limits",
		...(may("providers.update") ? (["rehearse"] as const) : []),
	] as const;
	return (
		<nav className="filters" aria-label={t("tabs.label")}>
			{tabs.map((tab) => (
				<Link
					key={tab}
					discover="none"
					to={`/admin/providers/${id}${tab === "settings" ? "" : `/${tab}`}`}
					aria-current={tab === now ? "page" : undefined}
				>
					{t(`tabs.${tab}`)}
				</Link>
			))}
		</nav>
	);
}

import { Link } from "@remix-run/react";
import { useT } from "#app/lib/page-context.ts";

/** The pages of one provider. */
export function ProviderTabs({ id, now }: { id: number; now: "settings" | "costs" | "limits" }) {
	const t = useT("providers");
	return (
		<nav className="filters" aria-label={t("tabs.label")}>
			{(["settings", "costs", "limits"] as const).map((tab) => (
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

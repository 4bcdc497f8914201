import { Link } from "@remix-run/react";
import { useT } from "#app/lib/page-context.ts";
import { useCabinetPath } from "../cabinet-path.ts";

/** The two lists of the team. */
export function TeamTabs({ now }: { now: "people" | "roles" }) {
	const t = useT("team");
	const path = useCabinetPath();
	return (
		<nav className="filters" aria-label={t("title")}>
			<Link discover="none" to={path("team")} aria-current={now === "people" ? "page" : undefined}>
				{t("people.title")}
			</Link>
			<Link discover="none" to={path("team/roles")} aria-current={now === "roles" ? "page" : undefined}>
				{t("roles.title")}
			</Link>
		</nav>
	);
}

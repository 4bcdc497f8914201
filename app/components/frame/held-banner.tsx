import { Link } from "@remix-run/react";
import { formatMoment } from "#app/lib/format.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { RootData } from "./root-data.ts";

/** Above every page of a restored copy that nobody has released; whoever may release it is led there. */
export function HeldBanner({ held, viewer }: Pick<RootData, "held" | "viewer">) {
	const t = useT("backups");
	const { locale, timeZone } = usePage();
	if (!held) return null;
	const mayLook = viewer?.kind === "admin" && viewer.rights.includes("providers.read") && viewer.reachesOwn;
	return (
		<aside className="inside" aria-label={t("band.label")}>
			<p role="status">
				<b>
					{held.isAsked ? t("band.asked") : t("band.text", { when: formatMoment(locale, timeZone, held.copiedAtUtc) })}
				</b>{" "}
				{mayLook && (
					<Link discover="none" to="/admin/backups">
						{t("band.link")}
					</Link>
				)}
			</p>
		</aside>
	);
}

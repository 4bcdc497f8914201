import { Link } from "@remix-run/react";
import { formatNumber } from "#app/lib/format.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import { Icon } from "../icon.tsx";
import type { Viewer } from "./root-data.ts";

/** The way to the notices, with how many are new. */
export function NoticesLink({ viewer }: { viewer: Viewer }) {
	const t = useT("notices");
	const { locale } = usePage();
	const count = viewer.unseenNotices;
	return (
		<Link discover="none" className="bell" to={`/${viewer.kind}/notices`}>
			<Icon name="bell" />
			{count > 0 && (
				<b aria-hidden="true">{count > 99 ? `${formatNumber(locale, 99)}+` : formatNumber(locale, count)}</b>
			)}
			<span className="hidden">{count > 0 ? t("header", { count }) : t("title")}</span>
		</Link>
	);
}

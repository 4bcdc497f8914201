import { Link, useLocation } from "@remix-run/react";
import { useT } from "#app/lib/page-context.ts";

/**
 * Pages by key, never by offset: `after` is the key of this page's last row (null on the last page); `isFirst` hides the way
 * back to the start. Filters and sorting in the address are kept.
 *
 * `<Pager isFirst={!after} after={data.nextAfter} />`
 */
export function Pager(props: { isFirst: boolean; after: string | number | null }) {
	const t = useT();
	const { search } = useLocation();
	if (props.isFirst && props.after === null) return null;
	const to = (after: string | number | null) => {
		const query = new URLSearchParams(search);
		query.delete("after");
		if (after !== null) query.set("after", String(after));
		return `?${query}`;
	};
	return (
		<nav className="pager" aria-label={t("pager.label")}>
			{props.isFirst ? (
				<span />
			) : (
				<Link discover="none" to={to(null)}>
					{t("pager.first")}
				</Link>
			)}
			{props.after !== null && (
				<Link discover="none" to={to(props.after)} rel="next">
					{t("pager.next")} <span className="flip">→</span>
				</Link>
			)}
		</nav>
	);
}

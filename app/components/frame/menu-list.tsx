import { Link, useLocation } from "@remix-run/react";
import { useT } from "#app/lib/page-context.ts";
import { Icon } from "../icon.tsx";
import { currentItem, menuFor } from "./menu.ts";
import type { Viewer } from "./root-data.ts";

export function MenuList({ viewer }: { viewer: Viewer }) {
	const t = useT();
	const { pathname } = useLocation();
	const items = menuFor(viewer);
	const current = currentItem(items, pathname);
	return items.map((item) => (
		<Link
			discover="none"
			key={item.to}
			className="item"
			to={item.to}
			aria-current={item.to === current ? "page" : undefined}
		>
			<Icon name={item.icon} />
			{t(item.label)}
		</Link>
	));
}

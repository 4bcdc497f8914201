import { Link, useLocation } from "@remix-run/react";
import { useT } from "#app/lib/page-context.ts";
import type { AccountKind } from "#app/modules/access/actor.ts";
import { Icon } from "../icon.tsx";
import { currentItem, MENU } from "./menu.ts";

export function MenuList({ kind }: { kind: AccountKind }) {
	const t = useT();
	const { pathname } = useLocation();
	const current = currentItem(MENU[kind], pathname);
	return MENU[kind].map((item) => (
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

import { Link } from "@remix-run/react";
import { useT } from "#app/lib/page-context.ts";
import { useCabinetPath } from "../cabinet-path.ts";

/** The dealers above an account, as far as the reader's own branch goes: each leads to its page, the first to the whole list. */
export function Crumbs({ above }: { above: { id: number; name: string }[] }) {
	const t = useT("accounts");
	const path = useCabinetPath();
	return (
		<nav className="crumbs" aria-label={t("above")}>
			<Link discover="none" to={path("accounts")}>
				{t("list.title")}
			</Link>
			{above.map((one) => (
				<Link key={one.id} discover="none" to={path(`accounts/${one.id}`)}>
					<bdi>{one.name}</bdi>
				</Link>
			))}
		</nav>
	);
}

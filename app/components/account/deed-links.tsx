import { Link } from "@remix-run/react";
import { useT } from "#app/lib/page-context.ts";
import type { AccountPage } from "#app/modules/accounts/get-account-page.server.ts";
import { useCabinetPath } from "../cabinet-path.ts";
import { useRights, useRoot } from "../frame/root-data.ts";
import { deedsOn } from "./deeds.ts";

/** What can be done to an account below; each has a page of its own. */
export function DeedLinks({ page }: { page: AccountPage }) {
	const t = useT("accounts");
	const path = useCabinetPath();
	const may = useRights();
	const viewer = useRoot()?.viewer;
	if (!viewer) return null;
	const looker = { may, cabinet: viewer.kind, isInside: viewer.inside !== null };
	const deeds = deedsOn(page.account, looker).filter(({ deed }) => page.deeds.includes(deed));
	if (deeds.length === 0) return null;
	return (
		<nav className="filters" aria-label={t("deeds")}>
			{deeds.map(({ deed, page: below }) => (
				<Link key={deed} discover="none" to={path(`accounts/${page.account.id}/${below}`)}>
					{t(`deed.${deed}`)}
				</Link>
			))}
		</nav>
	);
}

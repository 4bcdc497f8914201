import { Link } from "@remix-run/react";
import { useT } from "#app/lib/page-context.ts";
import type { Deed } from "#app/modules/accounts/account-deeds.ts";
import { useCabinetPath } from "../cabinet-path.ts";

/** Below the account's own address. */
const PAGES: Record<Deed, string> = {
	edit: "edit",
	enter: "enter",
	password: "password",
	factor: "second-factor",
	rights: "rights",
	senders: "senders",
	money: "money",
	prices: "prices",
	fees: "fees",
	limits: "limits",
	bill: "bill",
	"bill-details": "bill-details",
	raise: "kind",
	lower: "kind",
	block: "block",
	unblock: "block",
	attach: "attach",
	close: "close",
};

/** What can be done to an account; each has a page of its own. */
export function DeedLinks({ accountId, deeds }: { accountId: number; deeds: readonly Deed[] }) {
	const t = useT("accounts");
	const path = useCabinetPath();
	if (deeds.length === 0) return null;
	return (
		<nav className="filters" aria-label={t("deeds")}>
			{deeds.map((deed) => (
				<Link key={deed} discover="none" to={path(`accounts/${accountId}/${PAGES[deed]}`)}>
					{t(`deed.${deed}`)}
				</Link>
			))}
		</nav>
	);
}

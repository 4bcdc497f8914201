import { Link } from "@remix-run/react";
import { formatMoneyShort } from "#app/lib/micros.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { Viewer } from "./root-data.ts";

/** What the account has, and the way to where it went: in the header, on phones in the account's menu. */
export function BalanceLink({ viewer: { balance, kind }, look }: { viewer: Viewer; look: "bell" | "item" }) {
	const t = useT("money");
	const { locale } = usePage();
	if (!balance) return null;
	return (
		<Link discover="none" className={`${look} balance nowrap`} to={`/${kind}/money`}>
			<span className={look === "bell" ? "hidden" : undefined}>{t("balance.header")}: </span>
			{formatMoneyShort(locale, balance.availableMicros, balance.currency)}
		</Link>
	);
}

import { Link } from "@remix-run/react";
import { formatNumber } from "#app/lib/format.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { ClosingObstacle } from "#app/modules/closing/closing-obstacles.server.ts";
import { useCabinetPath } from "../cabinet-path.ts";
import { useRights } from "../frame/root-data.ts";
import { BalanceFacts } from "../money/balance-facts.tsx";
import { NameLink } from "../name-link.tsx";

/** What is in the way of closing an account, each with the way to it. */
export function ClosingObstacles({ accountId, obstacles }: { accountId: number; obstacles: ClosingObstacle[] }) {
	const t = useT("blocks");
	const path = useCabinetPath();
	const { locale } = usePage();
	return (
		<section>
			<h2>{t("close.in_way")}</h2>
			<ul className="bullets">
				{obstacles.map((one) => {
					const count = { count: one.count, n: formatNumber(locale, one.count) };
					return (
						<li key={one.kind}>
							{one.kind === "money" && <MoneyLeft of={one} accountId={accountId} />}
							{one.kind === "money"
								? null
								: one.isMore
									? t(`close.${one.kind}_more`, count)
									: t(`close.${one.kind}`, count)}{" "}
							{one.kind === "branch" && (
								<Link discover="none" to={path(`accounts/${accountId}`)}>
									{t("close.branch_link")}
								</Link>
							)}
							{one.kind === "sending" && (
								<ul className="bullets">
									{one.campaigns.map(({ id, name }) => (
										<li key={id}>
											<NameLink to={path(`campaigns/${id}`)}>{name}</NameLink>
										</li>
									))}
								</ul>
							)}
						</li>
					);
				})}
			</ul>
		</section>
	);
}

/** What is left of the account's money, and the way to return it; the sums are for whoever may see money. */
function MoneyLeft({ of, accountId }: { of: ClosingObstacle & { kind: "money" }; accountId: number }) {
	const t = useT("blocks");
	const path = useCabinetPath();
	const may = useRights();
	return (
		<>
			{t("close.money")}{" "}
			{may("money.create") && of.balance.availableMicros > 0 && (
				<Link discover="none" to={path(`accounts/${accountId}/money/zero`)}>
					{t("close.money_zero")}
				</Link>
			)}
			{may("money.read") && <BalanceFacts balance={of.balance} currency={of.currency} />}
		</>
	);
}

import { formatNumber } from "#app/lib/format.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { Wait } from "#app/modules/limits/find-wait.server.ts";
import { useCabinetPath } from "../cabinet-path.ts";
import { NameLink } from "../name-link.tsx";
import { Time } from "../time.tsx";

/** Whose campaign the brake has stopped, and by which figures. */
export function WaitFacts({ wait }: { wait: Wait }) {
	const t = useT("bounds");
	const path = useCabinetPath();
	const { locale } = usePage();
	const count = (n: number) => formatNumber(locale, n);
	return (
		<dl className="facts">
			<dt>{t("waits.account")}</dt>
			<dd>
				<NameLink to={path(`accounts/${wait.accountId}`)}>{wait.accountName}</NameLink>
			</dd>
			<dt>{t("waits.campaign")}</dt>
			<dd>
				<NameLink to={path(`campaigns/${wait.campaignId}`)}>{wait.name}</NameLink>
			</dd>
			<dt>{t("waits.people")}</dt>
			<dd>{count(wait.people)}</dd>
			<dt>{t("waits.before")}</dt>
			<dd>{count(wait.dayMessages)}</dd>
			<dt>{t("waits.allowed")}</dt>
			<dd>{count(wait.allowed)}</dd>
			<dt>{t("waits.since")}</dt>
			<dd>
				<Time atUtc={wait.atUtc} />
			</dd>
		</dl>
	);
}

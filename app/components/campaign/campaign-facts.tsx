import { formatNumber } from "#app/lib/format.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { Audience } from "#app/modules/audiences/audience.queries.server.ts";
import type { Campaign } from "#app/modules/campaigns/campaign.ts";
import { Time } from "../time.tsx";

/** To whom, and when. */
export function CampaignFacts({ campaign, audience }: { campaign: Campaign; audience: Audience }) {
	const t = useT("campaigns");
	const ta = useT("audiences");
	const { locale } = usePage();
	const moments = [
		["created", campaign.createdAtUtc],
		["planned", campaign.startAtUtc],
		["started", campaign.startedAtUtc],
		["finished", campaign.finishedAtUtc],
	] as const;
	return (
		<dl className="facts">
			<dt>{t("page.to_whom")}</dt>
			<dd>
				<bdi>{audience.name || ta("pasted")}</bdi>:{" "}
				{ta("form.kept", { count: audience.validCount, n: formatNumber(locale, audience.validCount) })}
			</dd>
			{moments.map(
				([key, atUtc]) =>
					atUtc !== null && [
						<dt key={key}>{t(`page.${key}`)}</dt>,
						<dd key={`${key}-at`}>
							<Time atUtc={atUtc} />
						</dd>,
					],
			)}
		</dl>
	);
}

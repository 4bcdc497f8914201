import { useT } from "#app/lib/page-context.ts";
import type { CampaignMoney } from "#app/modules/charging/get-campaign-money.server.ts";
import { Money } from "../money/amount.tsx";

/** What a campaign has come to: for its sender what it pays, for those above what they are paid, what they pay themselves, and what is left. */
export function CampaignMoneyFacts({ money }: { money: CampaignMoney }) {
	const t = useT("charging");
	const { heldMicros, chargedMicros, backMicros, costMicros, isSender, currency } = money;
	const lines = [
		["held", heldMicros],
		[isSender ? "charged" : "earned", chargedMicros],
		["back", backMicros],
		["cost", costMicros],
		["margin", costMicros === null ? null : chargedMicros - costMicros],
	] as const;
	return (
		<>
			<h2>{t("campaign.title")}</h2>
			<dl className="facts">
				{lines.map(
					([key, micros]) =>
						micros !== null && [
							<dt key={key}>{t(`campaign.${key}`)}</dt>,
							<dd key={`${key}-sum`}>
								<Money micros={micros} currency={currency} />
							</dd>,
						],
				)}
			</dl>
		</>
	);
}

import { useT } from "#app/lib/page-context.ts";
import type { Campaign, Funnel } from "#app/modules/campaigns/campaign.ts";
import type { Fallback } from "#app/modules/fallback/second-figures.ts";
import { Alert } from "../alert.tsx";

/** What a campaign that is being sent waits for on its second leg: people whom the first does not reach, or a provider for them. */
export function SecondLegNote(props: { campaign: Pick<Campaign, "state">; first: Funnel; second: Fallback }) {
	const t = useT("fallback");
	const tc = useT("causes");
	const tm = useT("campaigns");
	const { campaign, first, second } = props;
	if (campaign.state !== "sending") return null;
	const cause = second.funnel.waiting > 0 ? second.cause : null;
	if (cause === "providers_resting" || cause === "day_limit") {
		const channel = tm(`channel.${second.channel}`);
		return (
			<Alert tone="warn" title={`${t("second", { channel })}: ${tc(`${cause}.what`)}`}>
				{tc(`${cause}.do`)}
			</Alert>
		);
	}
	return first.waiting === 0 ? <p>{t("waits")}</p> : null;
}

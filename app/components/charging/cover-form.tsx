import { formatNumber } from "#app/lib/format.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { Campaign } from "#app/modules/campaigns/campaign.ts";
import type { Shortage } from "#app/modules/charging/get-shortage.server.ts";
import { DeedForm } from "../campaign/deed-form.tsx";

/** The balance is short, and covers somebody. */
export function canCover(shortage: Shortage | null): boolean {
	return shortage !== null && shortage.owedMicros === 0 && shortage.coveredPeople > 0;
}

/** The button by which a campaign begins for as many as the balance covers; nothing where it covers all or nobody. */
export function CoverForm(props: {
	deed: "start" | "resume";
	campaign: Campaign;
	shortage: Shortage | null;
	/** "?index" where the page is an index route. */
	action?: string;
}) {
	const t = useT("charging");
	const { locale } = usePage();
	const { deed, campaign, shortage, action } = props;
	if (!shortage || !canCover(shortage)) return null;
	const { coveredPeople } = shortage;
	return (
		<DeedForm deed={deed} campaign={campaign} action={action} fields={{ cover: String(coveredPeople) }}>
			{t("cover", { n: formatNumber(locale, coveredPeople) })}
		</DeedForm>
	);
}

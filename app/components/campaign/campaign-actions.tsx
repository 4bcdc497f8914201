import { useT } from "#app/lib/page-context.ts";
import { type Campaign, deedsOf } from "#app/modules/campaigns/campaign.ts";
import type { Shortage } from "#app/modules/charging/get-shortage.server.ts";
import { LinkButton } from "../button.tsx";
import { useCabinetPath } from "../cabinet-path.ts";
import { CoverForm, canCover } from "../charging/cover-form.tsx";
import { useRights } from "../frame/root-data.ts";
import { DeedForm } from "./deed-form.tsx";

/** What the person can do with a campaign now. `shortage`: of one that begins when it is resumed. */
export function CampaignActions({ campaign, shortage }: { campaign: Campaign; shortage: Shortage | null }) {
	const t = useT("campaigns");
	const path = useCabinetPath();
	const may = useRights();
	const deeds = deedsOf(campaign.state);
	return (
		<>
			{may("campaigns.update") && deeds.includes("pause") && (
				<DeedForm deed="pause" campaign={campaign} action="?index" weight="quiet">
					{t("deed.pause")}
				</DeedForm>
			)}
			{may("campaigns.update") && deeds.includes("resume") && (
				<>
					<CoverForm deed="resume" campaign={campaign} shortage={shortage} action="?index" />
					<DeedForm deed="resume" campaign={campaign} action="?index" weight={canCover(shortage) ? "quiet" : undefined}>
						{t("deed.resume")}
					</DeedForm>
				</>
			)}
			{may("campaigns.delete") && deeds.includes("cancel") && (
				<LinkButton to={path(`campaigns/${campaign.id}/cancel`)} weight="quiet">
					{t("deed.cancel")}
				</LinkButton>
			)}
		</>
	);
}

import { useT } from "#app/lib/page-context.ts";
import { type Campaign, deedsOf } from "#app/modules/campaigns/campaign.ts";
import { LinkButton } from "../button.tsx";
import { useCabinetPath } from "../cabinet-path.ts";
import { useRights } from "../frame/root-data.ts";
import { DeedForm } from "./deed-form.tsx";

/** What the person can do with a campaign now. */
export function CampaignActions({ campaign }: { campaign: Campaign }) {
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
				<DeedForm deed="resume" campaign={campaign} action="?index">
					{t("deed.resume")}
				</DeedForm>
			)}
			{may("campaigns.delete") && deeds.includes("cancel") && (
				<LinkButton to={path(`campaigns/${campaign.id}/cancel`)} weight="quiet">
					{t("deed.cancel")}
				</LinkButton>
			)}
		</>
	);
}

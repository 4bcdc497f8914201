import type { ReactNode } from "react";
import type { CampaignDeed, CampaignState } from "#app/modules/campaigns/campaign.ts";
import { SubmitButton } from "../button.tsx";
import { PostForm } from "../post-form.tsx";

/** One button that does something to a campaign, with what the page showed when it was made. */
export function DeedForm(props: {
	deed: CampaignDeed;
	campaign: { version: number; state: CampaignState };
	/** "?index" where the page is an index route. */
	action?: string;
	weight?: "primary" | "quiet" | "danger";
	/** What the deed is to be done with. */
	fields?: Record<string, string>;
	children: ReactNode;
}) {
	return (
		<PostForm action={props.action}>
			<input type="hidden" name="version" value={props.campaign.version} />
			<input type="hidden" name="state" value={props.campaign.state} />
			{Object.entries(props.fields ?? {}).map(([name, value]) => (
				<input key={name} type="hidden" name={name} value={value} />
			))}
			<SubmitButton name="deed" value={props.deed} weight={props.weight}>
				{props.children}
			</SubmitButton>
		</PostForm>
	);
}

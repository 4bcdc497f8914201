import { useT } from "#app/lib/page-context.ts";
import type { DemandPage } from "#app/modules/second-factor/get-demand-page.server.ts";
import { SubmitButton } from "../button.tsx";
import { PostForm } from "../post-form.tsx";
import { StatusDot } from "../status-dot.tsx";

/** Whether a second factor is demanded of an account's people, by whom, and the buttons that change it. */
export function DemandForm({ page }: { page: DemandPage }) {
	const t = useT("factor");
	const { demandedBy, deeds, isOwn } = page;
	return (
		<PostForm className="form">
			<StatusDot tone={demandedBy === "nobody" ? "idle" : "good"}>{t(`demand.by.${demandedBy}`)}</StatusDot>
			<p>{t(isOwn ? "demand.own_text" : "demand.text")}</p>
			{demandedBy === "above" && <p>{t("error.from_above")}</p>}
			<div className="row">
				{deeds.map((deed) => (
					<SubmitButton key={deed} name="demand" value={deed} weight={deed === "on" ? "primary" : "quiet"}>
						{t(deed === "on" ? "demand.turn_on" : "demand.turn_off")}
					</SubmitButton>
				))}
			</div>
		</PostForm>
	);
}

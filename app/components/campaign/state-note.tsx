import { CAUSES } from "#app/channels/causes.ts";
import { useT } from "#app/lib/page-context.ts";
import { beginsOnResume, type Campaign } from "#app/modules/campaigns/campaign.ts";
import { Alert } from "../alert.tsx";
import { Time } from "../time.tsx";

/** Causes of campaigns as a whole; no message has them. */
const OF_CAMPAIGNS = [
	"empty_audience",
	"account_blocked",
	"providers_resting",
	"day_limit",
	"fee_unpaid",
	"spend_cap",
	"volume_brake",
	"volume_kept",
	"restored",
];

/** One line on what the state means now; where the system paused or failed the campaign, why and what to do. */
export function StateNote({ campaign }: { campaign: Campaign }) {
	const t = useT("campaigns");
	const tc = useT("causes");
	const { state, cause, startAtUtc } = campaign;
	const isLate = beginsOnResume(campaign, Date.now());
	if (cause) {
		const known = cause in CAUSES || OF_CAMPAIGNS.includes(cause) ? cause : "unspecified";
		return (
			<Alert tone={state === "failed" ? "bad" : "warn"} title={tc(`${known}.what`)}>
				{tc(`${known}.do`)} {isLate && t("note.paused_late")}
			</Alert>
		);
	}
	if (state === "scheduled" && startAtUtc !== null)
		return (
			<p>
				{t("note.scheduled")} <Time atUtc={startAtUtc} />
			</p>
		);
	if (state === "done" || state === "failed" || state === "draft") return null;
	if (isLate) return <p>{t("note.paused_late")}</p>;
	return <p>{t(`note.${state}`)}</p>;
}

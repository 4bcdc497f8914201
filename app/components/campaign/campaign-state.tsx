import { useT } from "#app/lib/page-context.ts";
import type { CampaignState as State } from "#app/modules/campaigns/campaign.ts";
import { StatusDot, type Tone } from "../status-dot.tsx";

const TONES: Record<State, Tone> = {
	draft: "idle",
	scheduled: "info",
	preparing: "info",
	sending: "info",
	paused: "warn",
	done: "good",
	cancelled: "idle",
	failed: "bad",
};

/** A campaign's state as a word with a dot. */
export function CampaignState({ state }: { state: State }) {
	const t = useT("campaigns");
	return <StatusDot tone={TONES[state]}>{t(`state.${state}`)}</StatusDot>;
}

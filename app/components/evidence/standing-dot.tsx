import { useT } from "#app/lib/page-context.ts";
import type { CallbackStanding } from "#app/modules/evidence/inbox-filter.ts";
import { StatusDot, type Tone } from "../status-dot.tsx";

const TONES: Record<CallbackStanding, Tone> = {
	waiting: "info",
	unreadable: "bad",
	unmatched: "warn",
	applied: "good",
};

export function StandingDot({ standing }: { standing: CallbackStanding }) {
	const t = useT("inbox");
	return <StatusDot tone={TONES[standing]}>{t(`standing.${standing}`)}</StatusDot>;
}

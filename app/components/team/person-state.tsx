import { useT } from "#app/lib/page-context.ts";
import { StatusDot } from "../status-dot.tsx";

export function PersonState({ state }: { state: "active" | "blocked" }) {
	const t = useT("team");
	return <StatusDot tone={state === "active" ? "good" : "bad"}>{t(`state.${state}`)}</StatusDot>;
}

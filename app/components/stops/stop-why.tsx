import { useT } from "#app/lib/page-context.ts";
import type { ShownStop } from "#app/modules/stops/shown-stop.ts";

/** Why somebody is on the list: what was heard of them, or who added them and what was written beside. */
export function StopWhy({ stop }: { stop: Pick<ShownStop, "cause" | "note"> }) {
	const t = useT("stops");
	const tc = useT("causes");
	if (stop.cause !== null) return <>{tc(`${stop.cause}.what`)}</>;
	return stop.note === "" ? t("why.by_hand") : <bdi>{stop.note}</bdi>;
}

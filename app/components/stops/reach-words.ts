import { useT } from "#app/lib/page-context.ts";
import type { StopReach } from "#app/modules/stops/stop-reach.ts";

/** "Every channel", "Viber", "Viber, ⁨DemoShop⁩". */
export function useReachWords(): (reach: StopReach) => string {
	const t = useT("stops");
	const tc = useT("campaigns");
	return ({ channel, sender }) => {
		if (channel === "") return t("reach.all");
		if (sender === "") return tc(`channel.${channel}`);
		return t("reach.sender", { channel: tc(`channel.${channel}`), sender: `\u2068${sender}\u2069` });
	};
}

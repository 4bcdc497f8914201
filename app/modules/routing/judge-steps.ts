import type { ContentKind } from "#app/channels/channel.ts";
import type { Standing } from "./provider-standings.server.ts";
import { type RoutedProvider, takesKind } from "./routed-provider.ts";

/** Why a provider would, or would not, be given a message now. */
export type Verdict =
	/** Its share of the messages of this tier would go through it. */
	| { is: "taken"; share: number }
	/** It could; an earlier tier serves. */
	| { is: "in_reserve" }
	| { is: "disabled" | "draining" | "kind" }
	| { is: "paused"; untilUtc: number };

interface Step extends RoutedProvider {
	providerId: number;
	tier: number;
	weight: number;
}

/** Judges the providers of a route, given in the order in which they are tried. */
export function judgeSteps(
	steps: readonly Step[],
	kind: ContentKind,
	standings: ReadonlyMap<number, Standing>,
	now: number,
): Verdict[] {
	const obstacles = steps.map((step) => obstacleOf(step, kind, standings.get(step.providerId), now));
	const able = steps.filter((_, i) => !obstacles[i]);
	const serving = Math.min(...able.map(({ tier }) => tier));
	const weights = able.filter(({ tier }) => tier === serving).reduce((sum, { weight }) => sum + weight, 0);
	return steps.map(({ tier, weight }, i) => {
		const obstacle = obstacles[i];
		if (obstacle) return obstacle;
		return tier === serving ? { is: "taken", share: weight / weights } : { is: "in_reserve" };
	});
}

function obstacleOf(step: Step, kind: ContentKind, standing: Standing | undefined, now: number): Verdict | undefined {
	if (step.state === "draining" || step.state === "disabled") return { is: step.state };
	if (!takesKind(step, kind)) return { is: "kind" };
	if (standing && standing.pausedUntilUtc > now) return { is: "paused", untilUtc: standing.pausedUntilUtc };
	return undefined;
}

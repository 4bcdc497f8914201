import type { ContentKind } from "#app/channels/channel.ts";
import type { Standing } from "#jobs/wire/read-standings.ts";
import { type RoutedProvider, takesKind } from "./routed-provider.ts";

/** Why a provider would, or would not, be given a message now. */
export type Verdict =
	/** Its share of the messages of this tier would go through it. */
	| { is: "taken"; share: number }
	/** It could; an earlier tier serves. */
	| { is: "in_reserve" }
	| { is: "disabled" | "draining" | "kind" | "breaker" | "probed" }
	/** Its day of UTC is full. */
	| { is: "limit"; perDay: number }
	| { is: "paused"; untilUtc: number };

interface Step extends RoutedProvider {
	providerId: number;
	tier: number;
	weight: number;
	perDay: number | null;
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
	// What failing over has taken from one of a tier, the others have.
	const weightOf = ({ weight, providerId }: Step) => weight * (standings.get(providerId)?.factor ?? 1);
	const weights = able.filter(({ tier }) => tier === serving).reduce((sum, step) => sum + weightOf(step), 0);
	return steps.map((step, i) => {
		const obstacle = obstacles[i];
		if (obstacle) return obstacle;
		return step.tier === serving ? { is: "taken", share: weightOf(step) / weights } : { is: "in_reserve" };
	});
}

function obstacleOf(step: Step, kind: ContentKind, standing: Standing | undefined, now: number): Verdict | undefined {
	if (step.state === "draining" || step.state === "disabled") return { is: step.state };
	if (!takesKind(step, kind)) return { is: "kind" };
	if (!standing) return undefined;
	if (standing.breaker === "open") return { is: "breaker" };
	if (standing.breaker === "half_open") return { is: "probed" };
	if (standing.pausedUntilUtc > now) return { is: "paused", untilUtc: standing.pausedUntilUtc };
	if (step.perDay !== null && standing.takenToday >= step.perDay) return { is: "limit", perDay: step.perDay };
	return undefined;
}

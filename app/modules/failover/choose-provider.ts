import { passage, passageAt } from "./breaker.ts";
import type { Health, Pace } from "./health.ts";
import type { Sharer, Shares } from "./shares.ts";

/** A provider of a route. */
export interface RouteStep {
	providerId: number;
	/** The lowest goes first; the next only when none of it is available. */
	tier: number;
	/** Resting weight beside the others of the tier. */
	weight: number;
}

/** How a provider stands at this moment, for one campaign. */
export interface Standing {
	health: Health;
	/** Unix ms: it asked for a pause, or its day's limit is reached. 0: now. Who is back within a step is waited for by its tier. */
	freeAtUtc: number;
	/**
	 * As much as may be under way for this campaign is: available, but not just now. "long": for so long already that others take what would be
	 * its share, or the slowest would hold up everybody.
	 */
	busy: "no" | "now" | "long";
}

export type Choice =
	| { providerId: number; isProbe: true }
	/** Among whom it was chosen: for `Shares.took`. */
	| { providerId: number; isProbe: false; sharers: Sharer[] }
	/** Whoever is next has its hands full: ask again when something of the campaign has come back. */
	| { none: "busy" }
	/** All of the route are resting. Unix ms: when the first may be up again. */
	| { none: "resting"; againAtUtc: number }
	| { none: "no_route" };

/**
 * Who takes the next claim: within the lowest tier that has an available provider, by weight × factor. A provider whose breaker is half open
 * takes its probes first, or it would never be known to be well again.
 *
 * @param size messages of the claim.
 * @param random 0 … 1, for a campaign's first claim.
 */
export function chooseProvider(
	steps: readonly RouteStep[],
	standingOf: (providerId: number) => Standing,
	shares: Shares,
	size: number,
	how: { now: number; pace: Pace; random: () => number },
): Choice {
	const { now, pace } = how;
	if (steps.length === 0) return { none: "no_route" };
	let againAtUtc = Number.POSITIVE_INFINITY;
	for (const tier of tiersOf(steps)) {
		const sharers: Sharer[] = [];
		let isBusy = false;
		let isBackSoon = false;
		for (const { providerId, weight } of tier) {
			const standing = standingOf(providerId);
			if (standing.freeAtUtc > now) {
				againAtUtc = Math.min(againAtUtc, standing.freeAtUtc);
				isBackSoon ||= standing.freeAtUtc - now <= pace.stepMs;
				continue;
			}
			const way = passage(standing.health, now, pace);
			if (way === "probe") return { providerId, isProbe: true };
			if (way === "none") againAtUtc = Math.min(againAtUtc, Math.max(passageAt(standing.health, pace), now + 1));
			else if (standing.busy === "long") isBusy = true;
			else sharers.push({ providerId, weight: weight * standing.health.factor });
		}
		if (sharers.length > 0) {
			const providerId = shares.pick(sharers, size, how.random);
			if (standingOf(providerId).busy === "now") return { none: "busy" };
			return { providerId, isProbe: false, sharers };
		}
		if (isBusy) return { none: "busy" };
		if (isBackSoon) break;
	}
	return { none: "resting", againAtUtc };
}

function tiersOf(steps: readonly RouteStep[]): RouteStep[][] {
	const tiers = new Map<number, RouteStep[]>();
	for (const step of steps) {
		const tier = tiers.get(step.tier);
		if (tier) tier.push(step);
		else tiers.set(step.tier, [step]);
	}
	return [...tiers].sort(([a], [b]) => a - b).map(([, tier]) => tier);
}

/**
 * How a provider has been doing of late, and what follows from it. Plain data: kept in the wire as JSON, changed only by the functions of this
 * folder, which read no clock, know no database and throw no dice of their own. Why the numbers: docs/decisions/062.
 */
export interface Health {
	/** What part of its resting weight it is given: FACTOR_LEAST … 1. */
	factor: number;
	/** When the factor last fell or rose; unix ms. */
	shiftedAtUtc: number;
	/** The last shift was upwards, and it is not at rest yet. */
	isRising: boolean;
	/** How often of late it fell while it was rising. */
	relapses: number;
	/** When it was last judged; unix ms. */
	steppedAtUtc: number;
	/** Calls of late: each judgement forgets a quarter of them. */
	tally: Tally;
	/** Calls since the last beat: not in the tally yet. */
	fresh: Tally;
	/** Ms that a call takes when all is well; null before the first. Learned from those that are not slow. */
	usualMs: number | null;
	breaker: Breaker;
	/** Calls of this process under way, and since when (unix ms) it has heard of none of them; null: nothing is under way. */
	underWay: number;
	silentSinceUtc: number | null;
}

export interface Tally {
	calls: number;
	/** Calls that the network or the provider spoiled: nobody knows, or nobody was reached. */
	faults: number;
	/** Calls that were answered "not now". */
	throttled: number;
	/** Calls that went well and took far longer than usual. */
	slow: number;
}

export interface Breaker {
	/** closed: calls flow. open: none. half_open: a few probes, to see. */
	state: "closed" | "open" | "half_open";
	/** Unix ms. */
	changedAtUtc: number;
	/** Unix ms: when an open one lets probes through. */
	openUntilUtc: number;
	/** Openings since all was well last: each lasts twice as long as the one before. */
	openings: number;
	/** Faults without a good call between them. */
	faultsInRow: number;
	/** Unix ms; null: probes are still to be given. */
	probesGivenAtUtc: number | null;
	probesWell: number;
}

/** What a call came to, for the provider's health. Refusals of content, number, sender or credit are answers: the provider is well. */
export type CallEnd = "well" | "throttled" | "fault";

export const FACTOR_LEAST = 0.05;
/** What a provider comes back with after its breaker was open, where others do better. */
export const FACTOR_BACK = 0.2;

/** All times of the engine, as multiples of one: how often providers are judged. */
export interface Pace {
	/** Ms. */
	stepMs: number;
}

export function newTally(): Tally {
	return { calls: 0, faults: 0, throttled: 0, slow: 0 };
}

export function newHealth(now: number): Health {
	return {
		factor: 1,
		shiftedAtUtc: 0,
		isRising: false,
		relapses: 0,
		steppedAtUtc: now,
		tally: newTally(),
		fresh: newTally(),
		usualMs: null,
		breaker: {
			state: "closed",
			changedAtUtc: 0,
			openUntilUtc: 0,
			openings: 0,
			faultsInRow: 0,
			probesGivenAtUtc: null,
			probesWell: 0,
		},
		underWay: 0,
		silentSinceUtc: null,
	};
}

/** Adds the calls since the last beat to those of late. */
export function takeFresh(health: Health): void {
	const { tally, fresh } = health;
	for (const key of Object.keys(tally) as (keyof Tally)[]) tally[key] += fresh[key];
	health.fresh = newTally();
}

import { openBreaker } from "./breaker.ts";
import { FACTOR_BACK, FACTOR_LEAST, type Health, type Pace, takeFresh } from "./health.ts";
import { slowMsOf } from "./note-call.ts";

/** What is kept of the tally from one judgement to the next. */
const KEPT = 0.75;
/** After a shift nobody shifts again before its effect can be seen. */
const COOL_DOWN_STEPS = 2;
const DRIFT_STEPS = 3;
const DRIFT = 0.1;
/** Whoever falls again while it was rising waits twice as long before it rises: what it cannot carry is not tried every minute. */
const RELAPSES_MOST = 3;
/** Calls of late below which a share says nothing. */
const CALLS_LEAST = 3;
/** Trouble that costs a small step, and a large one. */
const TROUBLE = { faults: 0.05, slow: 0.3, throttled: 0.3 };
const KINDS = ["faults", "slow", "throttled"] as const;
const GRAVE_FAULTS = 0.25;
const SMALL_STEP = 0.1;
const LARGE_STEP = 0.4;
/** Whoever has been slow for an hour is slow for good: it doubles what is taken for its usual time. */
const USUAL_GROWTH = 1.001;
const STEADY_STEPS = 6;
/** How many times less bad another must be to be sent what this one loses. */
const CLEARLY_BETTER = 4;
/** Calls are under way and none has come back: after so many steps, or times what a slow call takes, it hangs. */
const SILENT_STEPS = 1;
const SILENT_TIMES = 2;

/**
 * Judges the providers of one channel, if a step's time has passed: takes a little weight from who is in trouble, gives a little back
 * to who no longer is, and opens the breaker of who hangs. Nobody loses anything while nobody else is known, or may be thought, to do
 * better: when all are slow at once, the cause lies elsewhere.
 *
 * @returns whether anything that others should know has changed.
 */
export function stepHealth(group: readonly Health[], now: number, pace: Pace): boolean {
	for (const health of group) takeFresh(health);
	const due = group.filter((health) => now - health.steppedAtUtc >= pace.stepMs);
	// Nobody may have been here to judge for hours: what is as old as that is forgotten first.
	for (const health of due) fade(health, Math.floor((now - health.steppedAtUtc) / pace.stepMs) - 1);
	// All are judged by what was known before any was.
	const badness = new Map(group.map((health) => [health, badnessOf(health, now, pace)]));
	let hasChanged = false;
	for (const health of due) {
		const atMost = badness.get(health)! / CLEARLY_BETTER;
		const hasBetter = group.some(
			(other) =>
				other !== health &&
				isSteady(other, now, pace) &&
				badness.get(other)! < atMost &&
				!isLuck(other, health, atMost),
		);
		hasChanged = judge(health, hasBetter, now, pace) || hasChanged;
	}
	for (const health of due) {
		const { tally } = health;
		if (health.usualMs !== null && isMany(tally.slow, tally.calls / 2)) health.usualMs *= USUAL_GROWTH;
		fade(health, 1);
		health.steppedAtUtc = now;
	}
	return hasChanged;
}

function judge(health: Health, hasBetter: boolean, now: number, pace: Pace): boolean {
	if (!isUp(health)) return hasBetter && lower(health, Math.min(health.factor, FACTOR_BACK), now);
	if (isHanging(health, now, pace)) {
		if (!hasBetter) return false;
		openBreaker(health, now, pace);
		lower(health, Math.min(health.factor, FACTOR_BACK), now);
		return true;
	}
	const step = health.tally.calls >= CALLS_LEAST ? stepOf(health) : 0;
	const sinceShift = now - health.shiftedAtUtc;
	if (step === 0) {
		if (health.factor >= 1 || sinceShift < DRIFT_STEPS * 2 ** health.relapses * pace.stepMs) return false;
		raise(health, now);
		return true;
	}
	if (!hasBetter || sinceShift < COOL_DOWN_STEPS * pace.stepMs) return false;
	return lower(health, round(health.factor - step), now);
}

function lower(health: Health, to: number, now: number): boolean {
	const factor = Math.max(FACTOR_LEAST, to);
	if (factor >= health.factor) return false;
	if (health.isRising) health.relapses = Math.min(health.relapses + 1, RELAPSES_MOST);
	health.isRising = false;
	health.factor = factor;
	health.shiftedAtUtc = now;
	return true;
}

function raise(health: Health, now: number): void {
	health.factor = Math.min(1, round(health.factor + DRIFT));
	health.shiftedAtUtc = now;
	// The second rise in a row is a good sign; the first may be the next relapse.
	if (health.isRising) health.relapses = Math.max(0, health.relapses - 1);
	if (health.factor === 1) health.relapses = 0;
	health.isRising = health.factor < 1;
}

/** How large a step down its calls of late ask for; 0: none. One bad call is no trouble. */
function stepOf({ tally }: Health): number {
	const { calls, faults, slow, throttled } = tally;
	if (faults > 1 && faults >= calls * GRAVE_FAULTS) return LARGE_STEP;
	if (faults > 1 && faults >= calls * TROUBLE.faults) return SMALL_STEP;
	return isMany(slow, calls * TROUBLE.slow) || isMany(throttled, calls * TROUBLE.throttled) ? SMALL_STEP : 0;
}

function isMany(count: number, threshold: number): boolean {
	return count > 1 && count >= threshold;
}

/** A few calls that went well are no proof of doing better: one more that went as those of `health` do, and they would not be. */
function isLuck({ tally }: Health, health: Health, atMost: number): boolean {
	if (tally.calls < 1) return false;
	const kind = KINDS.reduce((worst, each) => (worseOf(health, each) > worseOf(health, worst) ? each : worst));
	return (tally[kind] + 1) / TROUBLE[kind] / tally.calls >= atMost;
}

function worseOf({ tally }: Health, kind: (typeof KINDS)[number]): number {
	return tally[kind] / TROUBLE[kind];
}

/** How bad it is, 1 being trouble: to compare providers with each other. */
function badnessOf(health: Health, now: number, pace: Pace): number {
	const { calls } = health.tally;
	if (isHanging(health, now, pace)) return Number.POSITIVE_INFINITY;
	return calls > 0 ? Math.max(...KINDS.map((kind) => worseOf(health, kind))) / calls : 0;
}

/** Closed, and not just so: who has only just come back is no better than anybody yet. */
function isSteady({ breaker }: Health, now: number, pace: Pace): boolean {
	return (
		breaker.state === "closed" && (breaker.openings === 0 || now - breaker.changedAtUtc > STEADY_STEPS * pace.stepMs)
	);
}

function isUp({ breaker }: Health): boolean {
	return breaker.state === "closed";
}

function isHanging(health: Health, now: number, pace: Pace): boolean {
	if (health.silentSinceUtc === null) return false;
	return now - health.silentSinceUtc > Math.max(SILENT_STEPS * pace.stepMs, SILENT_TIMES * slowMsOf(health, pace));
}

/** The calls of `steps` steps ago count for less. */
function fade({ tally }: Health, steps: number): void {
	const kept = KEPT ** steps;
	tally.calls *= kept;
	tally.faults *= kept;
	tally.throttled *= kept;
	tally.slow *= kept;
}

function round(factor: number): number {
	return Math.round(factor * 1000) / 1000;
}

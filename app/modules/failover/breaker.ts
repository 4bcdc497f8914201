import type { Health, Pace } from "./health.ts";

/** Calls that a provider is tried with before it gets everybody again. */
export const PROBES = 3;
/** Faults in a row that open the breaker at once, whatever came before. */
const FAULTS_IN_ROW = 5;
/** Or this share of the calls of late, once there are enough of them to speak of a share. */
const FAULT_SHARE = 0.5;
const CALLS_FOR_SHARE = 10;
const FIRST_OPEN_STEPS = 2;
const LONGEST_OPEN_STEPS = 64;
/** After so long a time closed, earlier openings are forgotten. */
const FORGET_STEPS = 60;
/** Probes whose answers nobody heard (their process died) are given anew after this time. */
const PROBE_PATIENCE_STEPS = 12;

/** Stops all calls for a while: twice as long as the last time, if that was not long ago. */
export function openBreaker(health: Health, now: number, pace: Pace): void {
	const { breaker } = health;
	if (breaker.state === "closed" && now - breaker.changedAtUtc > FORGET_STEPS * pace.stepMs) breaker.openings = 0;
	const steps = Math.min(FIRST_OPEN_STEPS * 2 ** breaker.openings, LONGEST_OPEN_STEPS);
	breaker.state = "open";
	breaker.changedAtUtc = now;
	breaker.openUntilUtc = now + steps * pace.stepMs;
	breaker.openings++;
	breaker.probesGivenAtUtc = null;
	breaker.probesWell = 0;
}

/** Whether the faults of late are so many that calling on would only spoil more messages. */
export function isBroken({ breaker, tally, fresh }: Health): boolean {
	if (breaker.faultsInRow >= FAULTS_IN_ROW) return true;
	const calls = tally.calls + fresh.calls;
	return calls >= CALLS_FOR_SHARE && tally.faults + fresh.faults >= calls * FAULT_SHARE;
}

/**
 * Whether a call may be made now. "probe": only one of PROBES, which whoever makes them says by `giveProbes`. An open breaker whose
 * time is up becomes half open here.
 */
export function passage(health: Health, now: number, pace: Pace): "free" | "probe" | "none" {
	const { breaker } = health;
	if (breaker.state === "closed") return "free";
	if (breaker.state === "open") {
		if (now < breaker.openUntilUtc) return "none";
		breaker.state = "half_open";
		breaker.changedAtUtc = now;
	}
	const { probesGivenAtUtc: given } = breaker;
	if (given !== null && now - given < PROBE_PATIENCE_STEPS * pace.stepMs) return "none";
	return "probe";
}

export function giveProbes({ breaker }: Health, now: number): void {
	breaker.probesGivenAtUtc = now;
	breaker.probesWell = 0;
}

/** When it is worth asking `passage` again; unix ms. */
export function passageAt({ breaker }: Health, pace: Pace): number {
	if (breaker.state === "open") return breaker.openUntilUtc;
	// Its probes are on their way: they are back within a step, or much later.
	return breaker.state === "half_open" ? (breaker.probesGivenAtUtc ?? 0) + pace.stepMs : 0;
}

/** A probe has come back. All well: closed, and what was counted before is forgotten. */
export function noteProbe(health: Health, isWell: boolean, now: number, pace: Pace): void {
	const { breaker } = health;
	if (!isWell) {
		openBreaker(health, now, pace);
		return;
	}
	breaker.probesWell++;
	if (breaker.probesWell < PROBES) return;
	breaker.state = "closed";
	breaker.changedAtUtc = now;
	breaker.faultsInRow = 0;
	breaker.probesGivenAtUtc = null;
	for (const tally of [health.tally, health.fresh])
		Object.assign(tally, { calls: 0, faults: 0, throttled: 0, slow: 0 });
}

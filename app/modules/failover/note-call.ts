import { isBroken, noteProbe, openBreaker } from "./breaker.ts";
import type { CallEnd, Health, Pace } from "./health.ts";

/** Slower than this many times the usual is slow … */
const SLOW_TIMES = 3;
/** … but nothing below this part of a step is. */
const SLOW_LEAST_STEPS = 0.1;
const LEARN = 0.05;

export function noteBegun(health: Health, now: number): void {
	if (health.underWay++ === 0) health.silentSinceUtc = now;
}

/**
 * Takes in what a call came to. It may open the breaker, or close it when it was the last good probe.
 *
 * @param begunAtUtc unix ms.
 */
export function noteEnded(health: Health, end: CallEnd, begunAtUtc: number, now: number, pace: Pace): void {
	health.underWay = Math.max(0, health.underWay - 1);
	health.silentSinceUtc = health.underWay > 0 ? now : null;
	const { fresh, breaker } = health;
	// Asked before the breaker's last move: the probes know better.
	if (begunAtUtc < breaker.changedAtUtc) return;
	fresh.calls++;
	if (end === "fault") fresh.faults++;
	else if (end === "throttled") fresh.throttled++;
	else noteTime(health, now - begunAtUtc, pace);
	breaker.faultsInRow = end === "fault" ? breaker.faultsInRow + 1 : 0;
	if (breaker.state === "half_open") {
		const isProbe = breaker.probesGivenAtUtc !== null && begunAtUtc >= breaker.probesGivenAtUtc;
		// "Not now" is an answer: the provider is there.
		if (isProbe) noteProbe(health, end !== "fault", now, pace);
	} else if (breaker.state === "closed" && end === "fault" && isBroken(health)) openBreaker(health, now, pace);
}

function noteTime(health: Health, ms: number, pace: Pace): void {
	if (health.usualMs === null) health.usualMs = ms;
	else if (ms > slowMsOf(health, pace)) health.fresh.slow++;
	else health.usualMs += (ms - health.usualMs) * LEARN;
}

/** From how many ms on a call is slow. */
export function slowMsOf({ usualMs }: Health, { stepMs }: Pace): number {
	return Math.max(SLOW_LEAST_STEPS * stepMs, SLOW_TIMES * (usualMs ?? 0));
}

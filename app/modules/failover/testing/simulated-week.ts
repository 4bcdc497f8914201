import { giveProbes, PROBES } from "../breaker.ts";
import { chooseProvider, type RouteStep } from "../choose-provider.ts";
import { type CallEnd, type Health, newHealth } from "../health.ts";
import { noteBegun, noteEnded } from "../note-call.ts";
import { Shares } from "../shares.ts";
import { stepHealth } from "../step-health.ts";
import { drawFaults, type Fault, WEEK_MS } from "./faults.ts";

const PACE = { stepMs: 5_000 };
const TICK_MS = 1_000;
const CALLS_A_TICK = 4;
const CALL_TIMEOUT_MS = 30_000;
/** Of the calls while something is wrong somewhere: those that go wrong besides. */
const NOISE = 0.002;

/** Calls before each fault, so that the engine knows what is usual. */
const WARM_UP_MS = 60_000;

interface Pending {
	endsAt: number;
	who: number;
	begunAt: number;
	end: CallEnd;
}

/** What is reported of each call, for the test to judge. */
export interface Watcher {
	onCall(call: { who: number; isProbe: boolean; health: Health; now: number; fault: Fault | undefined }): void;
	/** After each tick. */
	onTick(healths: readonly Health[], now: number, fault: Fault | undefined): void;
	onFaultOver(fault: Fault, healths: readonly Health[]): void;
}

/**
 * A week of calls to several providers of one tier, with one misfortune after the other; hours in which nothing happens are passed over.
 *
 * @returns the providers' healths at the end.
 */
export function simulateWeek(random: () => number, weights: readonly number[], watcher: Watcher): Health[] {
	const healths = weights.map(() => newHealth(0));
	const usualMs = weights.map(() => 20 + random() * 400);
	const steps: RouteStep[] = weights.map((weight, providerId) => ({ providerId, tier: 1, weight }));
	const shares = new Shares();
	const faults = drawFaults(random, weights.length);
	let pending: Pending[] = [];
	let at = 0;
	let now = 0;
	while (now < WEEK_MS) {
		const fault = faults[at];
		if (fault && now >= fault.toMs) {
			watcher.onFaultOver(fault, healths);
			at++;
			continue;
		}
		const isOn = fault !== undefined && now >= fault.fromMs;
		pending = endCalls(pending, healths, now);
		stepHealth(healths, now, PACE);
		for (let call = 0; call < CALLS_A_TICK; call++) {
			const standingOf = (who: number) => ({ health: healths[who]!, freeAtUtc: 0, busy: "no" as const });
			const choice = chooseProvider(steps, standingOf, shares, 1, { now, pace: PACE, random });
			if ("none" in choice) continue;
			const { providerId: who } = choice;
			const health = healths[who]!;
			if (choice.isProbe) giveProbes(health, now);
			else shares.took(who, 1, choice.sharers);
			for (let each = 0; each < (choice.isProbe ? PROBES : 1); each++) {
				watcher.onCall({ who, isProbe: choice.isProbe, health, now, fault: isOn ? fault : undefined });
				noteBegun(health, now);
				const hit = isOn && (fault.who === "all" || fault.who === who) ? fault : undefined;
				pending.push({ who, begunAt: now, ...fateOf(hit, isOn, usualMs[who]!, now, random) });
			}
		}
		watcher.onTick(healths, now, isOn ? fault : undefined);
		now += TICK_MS;
		const isAtRest = healths.every(({ factor, breaker }) => factor === 1 && breaker.state === "closed");
		const nextMs = fault ? fault.fromMs - WARM_UP_MS : WEEK_MS;
		const isWaiting = pending.some((call) => call.end !== "well" || call.endsAt - now > TICK_MS);
		if (isOn || !isAtRest || isWaiting || nextMs - now < 3 * WARM_UP_MS) continue;
		// The traffic stops meanwhile.
		pending = endCalls(pending, healths, Number.POSITIVE_INFINITY);
		now = nextMs;
	}
	return healths;
}

function endCalls(pending: Pending[], healths: Health[], now: number): Pending[] {
	const open: Pending[] = [];
	for (const call of pending) {
		if (call.endsAt > now) open.push(call);
		else noteEnded(healths[call.who]!, call.end, call.begunAt, call.endsAt, PACE);
	}
	return open;
}

function fateOf(
	fault: Fault | undefined,
	isNoisy: boolean,
	usualMs: number,
	now: number,
	random: () => number,
): { endsAt: number; end: CallEnd } {
	const wellAt = now + usualMs * (0.7 + random() * 0.6);
	if (isNoisy && random() < NOISE) return { endsAt: wellAt, end: "fault" };
	if (!fault || random() >= fault.share) return { endsAt: wellAt, end: "well" };
	switch (fault.kind) {
		case "dead":
		case "partial":
			return { endsAt: now + 5, end: "fault" };
		case "slow":
			return { endsAt: now + Math.max(usualMs * 6, 1_500), end: "well" };
		case "hang":
			return { endsAt: now + CALL_TIMEOUT_MS, end: "fault" };
		case "throttle":
			return { endsAt: now + 5, end: "throttled" };
	}
}

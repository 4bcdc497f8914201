import { PROBES } from "../breaker.ts";
import { FACTOR_LEAST, type Health } from "../health.ts";
import type { Fault } from "./faults.ts";
import type { Watcher } from "./simulated-week.ts";

const STEP_MS = 5_000;
const MINUTE_MS = 60_000;

/** From the first fault: what a provider in trouble may still get after it. */
const FAILED_OVER_MS = 3 * MINUTE_MS;
/** From the end of a fault: by then nobody knows of it any more. */
const AT_REST_MS = 25 * MINUTE_MS;
const STILL_GETS = { dead: 0.02, hang: 0.02, partial: 0.2, slow: 0.2, throttle: 0.2 };
/** Who goes well in part may by luck be given a tenth back: for three steps of 20 calls, at the most a quarter of them more. */
const LUCKY_CALLS = { dead: 0, hang: 0, partial: 15, slow: 0, throttle: 15 };
const STEP_LEAST = 0.1001;
const TURNS_MOST = 14;
/** Of a fault that lasts. */
interface Seen {
	/** Calls of each provider after the time for failing over. */
	late: number[];
	/** Factors when it began. */
	before: number[];
	/** How often each factor turned from falling to rising or back. */
	turns: number[];
}

/** Holds what must hold of a week. @throws Error that says what broke. Its own `must`: millions of `expect` take minutes. */
export class Judge implements Watcher {
	readonly probes = { given: 0, at: 0, who: -1, inRow: 0 };
	fallen = 1;
	private readonly seen = new Map<Fault, Seen>();
	private readonly last: { factor: number; way: number }[];
	private restBy = 0;

	constructor(providers: number) {
		this.last = Array.from({ length: providers }, () => ({ factor: 1, way: 0 }));
	}

	onCall({ who, isProbe, health, now, fault }: Parameters<Watcher["onCall"]>[0]): void {
		if (isProbe) this.countProbe(who, now);
		else if (health.breaker.state !== "closed") broken(`a call through a breaker that is ${health.breaker.state}`);
		if (fault && now - fault.fromMs > FAILED_OVER_MS) this.seen.get(fault)!.late[who]!++;
	}

	onTick(healths: readonly Health[], now: number, fault: Fault | undefined): void {
		if (fault && !this.seen.has(fault)) {
			const before = healths.map(({ factor }) => factor);
			this.seen.set(fault, { late: healths.map(() => 0), before, turns: healths.map(() => 0) });
		}
		this.watchFactors(healths, fault);
		if (fault) {
			// Of those who fail in part one may be luckier for a while; who has not been called yet is not known to hang.
			if (fault.who === "all" && fault.kind !== "partial" && fault.kind !== "hang") this.holdStill(healths, fault);
			this.restBy = fault.toMs + AT_REST_MS;
		} else if (this.restBy > 0 && now > this.restBy) {
			this.restBy = 0;
			for (const { factor, breaker } of healths) {
				if (factor < 1 || breaker.state !== "closed") broken(`${factor} and ${breaker.state} long after the fault`);
			}
		}
	}

	onFaultOver(fault: Fault): void {
		const { late, turns } = this.seen.get(fault)!;
		const lastsMs = fault.toMs - fault.fromMs;
		// Up and down a few times at the most, not for as long as it lasts.
		if (Math.max(...turns) > TURNS_MOST + lastsMs / (15 * STEP_MS))
			broken(`${turns} turns in ${lastsMs} ms of ${fault.kind}`);
		if (fault.who === "all") return;
		const calls = late.reduce((sum, each) => sum + each, 0);
		const share = late[fault.who]! / calls;
		// Enough calls to speak of a share.
		if (calls > 200 && late[fault.who]! > calls * STILL_GETS[fault.kind] + LUCKY_CALLS[fault.kind])
			broken(`${share} of the calls ${FAILED_OVER_MS} ms after ${fault.kind} began`);
	}

	/** When all fare alike nobody loses to anybody: at most one step that came before the others were heard of. */
	private holdStill(healths: readonly Health[], fault: Fault): void {
		for (const [who, { factor }] of healths.entries()) {
			const lost = this.seen.get(fault)!.before[who]! - factor;
			if (lost > STEP_LEAST) broken(`${lost} lost while all are ${fault.kind}`);
		}
	}

	private watchFactors(healths: readonly Health[], fault: Fault | undefined): void {
		for (const [who, { factor }] of healths.entries()) {
			if (factor < FACTOR_LEAST || factor > 1) broken(`a factor of ${factor}`);
			this.fallen = Math.min(this.fallen, factor);
			const last = this.last[who]!;
			const way = Math.sign(factor - last.factor);
			if (fault && way * last.way < 0) this.seen.get(fault)!.turns[who]!++;
			if (way !== 0) last.way = way;
			last.factor = factor;
		}
	}

	private countProbe(who: number, now: number): void {
		const { probes } = this;
		probes.given++;
		probes.inRow = probes.at === now && probes.who === who ? probes.inRow + 1 : 1;
		Object.assign(probes, { at: now, who });
		if (probes.inRow > PROBES) broken(`${probes.inRow} probes at once`);
	}
}

function broken(what: string): never {
	throw new Error(what);
}

/** What goes wrong with a simulated provider, and from when till when (unix ms of the simulation). */
export interface Fault {
	kind: "dead" | "partial" | "slow" | "hang" | "throttle";
	/** Index of the provider; "all": everybody at once. */
	who: number | "all";
	fromMs: number;
	toMs: number;
	/** Share of the calls that it spoils. */
	share: number;
}

export const WEEK_MS = 7 * 86_400_000;

const KINDS = ["dead", "partial", "slow", "hang", "throttle"] as const;
const FAULTS_A_WEEK = 4;
const SHORTEST_MS = 30_000;
const LONGEST_MS = 9 * 60_000;
/** Between the end of one and the beginning of the next: time to come to rest. */
const APART_MS = 28 * 60_000;

/** A week's misfortunes, one after the other. */
export function drawFaults(random: () => number, providers: number): Fault[] {
	const faults: Fault[] = [];
	const room = WEEK_MS / FAULTS_A_WEEK;
	for (let at = 0; at < FAULTS_A_WEEK; at++) {
		const lasts = SHORTEST_MS + random() ** 2 * (LONGEST_MS - SHORTEST_MS);
		const fromMs = at * room + random() * (room - lasts - APART_MS);
		const kind = KINDS[Math.floor(random() * KINDS.length)]!;
		const share = kind === "partial" ? 0.3 + random() * 0.5 : kind === "throttle" ? 0.6 : 1;
		const who = random() < 0.25 ? "all" : Math.floor(random() * providers);
		faults.push({ kind, who, fromMs, toMs: fromMs + lasts, share });
	}
	return faults;
}

/** How long each step of something takes, from when it is made on. */
export class StepClock {
	/** Milliseconds by the step's name, in their order. */
	readonly tookMs: Record<string, number> = {};
	private readonly beganAt = performance.now();
	private at = this.beganAt;

	/** What was done since the step before. */
	done(step: string): void {
		const now = performance.now();
		this.tookMs[step] = Math.round(now - this.at);
		this.at = now;
	}

	/** Milliseconds since the beginning. */
	total(): number {
		return Math.round(performance.now() - this.beganAt);
	}
}

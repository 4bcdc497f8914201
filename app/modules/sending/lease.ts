/**
 * Until when a sender may begin calls: so long after its last heartbeat that came through, counted from before it was sent. Whoever has the
 * books waits longer than that before it gives a sender up, so a sender that was frozen, or cut off, stops by itself first.
 */
export class Lease {
	private readonly leaseMs: number;
	private isLost = false;
	private untilUtc = 0;
	private untilTick = 0;

	constructor(leaseMs: number) {
		this.leaseMs = leaseMs;
	}

	/** Asked before each call, and again right before its first byte. */
	readonly holds = (): boolean =>
		// Two clocks: one stands still while the machine sleeps, the other may be set back.
		!this.isLost && Date.now() < this.untilUtc && performance.now() < this.untilTick;

	/** A heartbeat is about to be sent. @returns what to call when it came through. */
	beat(): () => void {
		const utc = Date.now() + this.leaseMs;
		const tick = performance.now() + this.leaseMs;
		return () => {
			this.untilUtc = utc;
			this.untilTick = tick;
		};
	}

	/** For good: what it had in hand is no longer its own. */
	lose(): void {
		this.isLost = true;
	}
}

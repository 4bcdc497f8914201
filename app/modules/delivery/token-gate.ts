import { log } from "#app/lib/log.ts";
import { giveBackOfDay, takeOfDay, takeSeconds } from "#jobs/wire/take-tokens.ts";

export interface Limits {
	/** Messages; null: as many as go. */
	perSecond: number | null;
	perSenderPerSecond: number | null;
	perDay: number | null;
}

/** A block of a rate is at most this long: what a process that dies leaves unused, and what others wait for. */
const BLOCK_MS = 500;
/** The next block is asked for when so little of the present one is left. */
const ASK_AHEAD_MS = 250;
/** Leave that was not used when its time came is lost, but for so much: timers are late. */
const LATE_MS = 50;
const DAY_BLOCK_MAX = 2_000;
/** A hundredth of the day's limit at once: so much is lost, at most, with a process that is killed. */
const DAY_BLOCKS = 100;
const RETRY_MS = 500;

/**
 * Counts a provider's messages against its limits before they are sent. Leave to send is taken from the wire in blocks, so that all
 * processes together keep the limits, and a restart forgets nothing; a call asks here, in memory.
 */
export class TokenGate {
	/** Unix ms: the day's limit is reached; the next day of UTC begins then. 0: it is not. */
	dayFullUntil = 0;
	private readonly rates = new Map<string, RateBucket>();
	private readonly day: DayBucket | undefined;
	private readonly providerId: number;
	private readonly limits: Limits;
	private readonly onMore: () => void;

	/** @param onMore leave has come: whoever was kept back may ask again. */
	constructor(providerId: number, limits: Limits, onMore: () => void) {
		this.providerId = providerId;
		this.limits = limits;
		this.onMore = onMore;
		if (limits.perDay !== null) this.day = new DayBucket(providerId, limits.perDay);
	}

	/** Takes leave for `count` messages of a sender: 0, or the ms after which to ask again. All or nothing. */
	ask(sender: string, count: number, now = Date.now()): number {
		const { perSecond, perSenderPerSecond } = this.limits;
		const buckets: Bucket[] = [];
		if (perSecond !== null) buckets.push(this.rate("", perSecond));
		if (perSenderPerSecond !== null) buckets.push(this.rate(sender || " ", perSenderPerSecond));
		if (this.day) buckets.push(this.day);
		let waitMs = 0;
		for (const bucket of buckets) waitMs = Math.max(waitMs, bucket.waitMs(count, now, this.heard));
		this.dayFullUntil = this.day?.fullUntil ?? 0;
		if (waitMs > 0) return waitMs;
		for (const bucket of buckets) bucket.take(count);
		return 0;
	}

	/** Gives back what of the day was taken and not used. */
	async close(): Promise<void> {
		await this.day?.giveBack();
	}

	private readonly heard = (): void => {
		this.dayFullUntil = this.day?.fullUntil ?? 0;
		this.onMore();
	};

	private rate(sender: string, perSecond: number): RateBucket {
		let bucket = this.rates.get(sender);
		if (!bucket) {
			bucket = new RateBucket({ providerId: this.providerId, sender }, perSecond);
			this.rates.set(sender, bucket);
		}
		return bucket;
	}
}

interface Bucket {
	/** 0: `count` may be taken. Else asks for more, and `heard` is called when it is there. */
	waitMs(count: number, now: number, heard: () => void): number;
	take(count: number): void;
}

/** So many a second, evenly: the next message may go at `nextAt`, and `left` more after it. */
class RateBucket implements Bucket {
	private left = 0;
	private nextAt = 0;
	private isAsking = false;
	private ahead: { left: number; nextAt: number } | undefined;
	private readonly of: { providerId: number; sender: string };
	private readonly perSecond: number;

	constructor(of: { providerId: number; sender: string }, perSecond: number) {
		this.of = of;
		this.perSecond = perSecond;
	}

	waitMs(count: number, now: number, heard: () => void): number {
		this.drop(now);
		if (this.left < count && this.ahead) {
			// What is left over of a block goes with the next: its times are later only.
			this.left += this.ahead.left;
			this.nextAt = Math.max(this.nextAt, this.ahead.nextAt - ((this.left - this.ahead.left) * 1000) / this.perSecond);
			this.ahead = undefined;
		}
		if (!this.ahead && (this.left < count || (this.left * 1000) / this.perSecond < ASK_AHEAD_MS))
			this.askFor(count, heard);
		if (this.left < count) return RETRY_MS;
		return Math.max(0, Math.ceil(this.nextAt - now));
	}

	take(count: number): void {
		this.left -= count;
		this.nextAt += (count * 1000) / this.perSecond;
	}

	/** Leave whose time is over is gone: it would be a burst. */
	private drop(now: number): void {
		const late = Math.floor(((now - LATE_MS - this.nextAt) * this.perSecond) / 1000);
		if (late <= 0) return;
		const lost = Math.min(late, this.left);
		this.left -= lost;
		this.nextAt = this.left === 0 ? now : this.nextAt + (lost * 1000) / this.perSecond;
	}

	private askFor(count: number, heard: () => void): void {
		if (this.isAsking) return;
		this.isAsking = true;
		const block = Math.max(count, Math.ceil((this.perSecond * BLOCK_MS) / 1000));
		takeSeconds(this.of, block, this.perSecond).then(
			(nextAt) => {
				this.isAsking = false;
				this.ahead = { left: block, nextAt };
				heard();
			},
			(error) => {
				this.isAsking = false;
				log.warn({ error: String(error), ...this.of }, "no leave to send could be taken; asked again");
			},
		);
	}
}

class DayBucket implements Bucket {
	fullUntil = 0;
	private left = 0;
	private day = "";
	private isAsking = false;
	private readonly providerId: number;
	private readonly perDay: number;

	constructor(providerId: number, perDay: number) {
		this.providerId = providerId;
		this.perDay = perDay;
	}

	waitMs(count: number, now: number, heard: () => void): number {
		const today = dayOf(now);
		if (today !== this.day) Object.assign(this, { day: today, left: 0, fullUntil: 0 });
		if (this.left >= count) return 0;
		if (this.fullUntil > now) return this.fullUntil - now;
		this.askFor(count, heard);
		return RETRY_MS;
	}

	take(count: number): void {
		this.left -= count;
	}

	async giveBack(): Promise<void> {
		const { left, day } = this;
		this.left = 0;
		if (left > 0) await giveBackOfDay(this.providerId, day, left);
	}

	private askFor(count: number, heard: () => void): void {
		if (this.isAsking) return;
		this.isAsking = true;
		const { day } = this;
		const want = Math.max(count - this.left, Math.min(DAY_BLOCK_MAX, Math.ceil(this.perDay / DAY_BLOCKS)));
		takeOfDay(this.providerId, day, want, this.perDay).then(
			(granted) => {
				this.isAsking = false;
				if (day !== this.day) return;
				this.left += granted;
				if (this.left < count) this.fullUntil = Date.parse(`${day}T00:00:00Z`) + 86_400_000;
				heard();
			},
			(error) => {
				this.isAsking = false;
				log.warn(
					{ error: String(error), providerId: this.providerId },
					"no leave of the day could be taken; asked again",
				);
			},
		);
	}
}

function dayOf(now: number): string {
	return new Date(now).toISOString().slice(0, 10);
}

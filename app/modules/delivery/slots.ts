/** At most `size` at once; the rest wait in the order they came, so no campaign's calls overtake another's for ever. */
export class Slots {
	private free: number;
	private readonly waiting: Array<() => void> = [];
	private head = 0;

	constructor(size: number) {
		this.free = size;
	}

	/** Runs `call` now or when a slot is free; it must release the slot by `release` when it is over. */
	take(call: () => void): void {
		if (this.free > 0) {
			this.free--;
			call();
		} else this.waiting.push(call);
	}

	release(): void {
		const next = this.waiting[this.head];
		if (!next) {
			this.free++;
			return;
		}
		this.head++;
		if (this.head > 4_096 && this.head * 2 > this.waiting.length) {
			this.waiting.splice(0, this.head);
			this.head = 0;
		}
		next();
	}
}

const TICK_MS = 20;

/** Very many things to do later: one timer for all, instead of one for each. */
export class Schedule<T> {
	private buckets = new Map<number, T[]>();
	private done = tickOf(Date.now());
	private readonly timer: NodeJS.Timeout;

	constructor(run: (due: T[]) => void) {
		this.timer = setInterval(() => {
			const now = tickOf(Date.now());
			const due: T[] = [];
			for (; this.done <= now; this.done++) {
				const bucket = this.buckets.get(this.done);
				if (!bucket) continue;
				this.buckets.delete(this.done);
				for (const each of bucket) due.push(each);
			}
			if (due.length > 0) run(due);
		}, TICK_MS);
	}

	after(ms: number, what: T): void {
		const tick = Math.max(this.done, tickOf(Date.now() + ms));
		const bucket = this.buckets.get(tick);
		if (bucket) bucket.push(what);
		else this.buckets.set(tick, [what]);
	}

	get size(): number {
		let size = 0;
		for (const bucket of this.buckets.values()) size += bucket.length;
		return size;
	}

	clear(): void {
		this.buckets.clear();
	}

	close(): void {
		this.clear();
		clearInterval(this.timer);
	}
}

function tickOf(ms: number): number {
	return Math.floor(ms / TICK_MS);
}

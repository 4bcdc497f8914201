import { closeSync, openSync, writeSync } from "node:fs";

/**
 * Whom a fake has written to, and how often: what the delivery is judged by. With a file, each call's recipients are in it
 * before the call is answered, so that the count outlives this process.
 */
export class Journal {
	private counts = new Map<string, number>();
	private file: number | undefined;
	written = 0;
	/** Ids of messages that were taken in a call which was never answered, or not so that anybody could read it. */
	readonly cut = new Set<string>();

	constructor(path?: string) {
		if (path) this.file = openSync(path, "a");
	}

	/** Lines of "<unix ms> <number> <message id>". */
	record(entries: readonly { to: string; id: string }[]): void {
		const now = Date.now();
		let lines = "";
		for (const { to, id } of entries) {
			this.counts.set(to, (this.counts.get(to) ?? 0) + 1);
			if (this.file !== undefined) lines += `${now} ${to} ${id}\n`;
		}
		this.written += entries.length;
		if (this.file !== undefined && lines !== "") writeSync(this.file, lines);
	}

	countOf(number: string): number {
		return this.counts.get(number.replace("+", "")) ?? 0;
	}

	/** `repeated` holds those who were written to more than once. */
	summary(): { written: number; recipients: number; repeated: Record<string, number> } {
		const repeated: Record<string, number> = {};
		for (const [to, count] of this.counts) if (count > 1) repeated[to] = count;
		return { written: this.written, recipients: this.counts.size, repeated };
	}

	/** Everyone's count, as JSON: an object of a million keys would take seconds. */
	countsText(): string {
		return `{${Array.from(this.counts, ([to, count]) => `"${to}":${count}`).join()}}`;
	}

	reset(): void {
		this.counts.clear();
		this.cut.clear();
		this.written = 0;
	}

	close(): void {
		if (this.file !== undefined) closeSync(this.file);
		this.file = undefined;
	}
}

import { readEvents } from "#db/cluster/read-events.ts";
import { addressOf } from "./network.ts";

const HANGS_AFTER_MS = 180_000;

/** When transactions came to a node, by the events of its LiteFS. */
export class Arrivals {
	/** Resolves once they are heard. */
	readonly isListening: Promise<void>;
	private readonly stop = new AbortController();
	private newest = { txid: 0, at: 0 };
	private waiting: { txid: number; come: (at: number) => void } | undefined;
	private readonly node: string;

	constructor(node: string) {
		this.node = node;
		this.isListening = new Promise((resolve, reject) => {
			readEvents(`http://${addressOf(node)}:20202`, this.stop.signal, ({ type, data }) => {
				if (type === "init") resolve();
				if (type === "tx") this.hear(Number.parseInt(data!.txID!, 16));
			}).catch((error: Error) => {
				if (!this.stop.signal.aborted) reject(error);
			});
		});
	}

	private hear(txid: number): void {
		this.newest = { txid, at: performance.now() };
		if (this.waiting && txid >= this.waiting.txid) this.waiting.come(this.newest.at);
	}

	/** As performance.now() has it, of the newest that was heard at or beyond it. One caller at a time. */
	of(txid: number): Promise<number> {
		if (this.newest.txid >= txid) return Promise.resolve(this.newest.at);
		return new Promise((resolve, reject) => {
			const late = setTimeout(() => reject(new Error(`${this.node} does not follow`)), HANGS_AFTER_MS);
			this.waiting = {
				txid,
				come: (at) => {
					clearTimeout(late);
					this.waiting = undefined;
					resolve(at);
				},
			};
		});
	}

	end(): void {
		this.stop.abort();
	}
}

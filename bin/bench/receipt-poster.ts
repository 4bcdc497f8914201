import { Pool } from "undici";
import { receiptBody } from "./receipt-body.ts";

const CONNECTIONS = 8;
const RESULTS_A_CALLBACK = 100;
const HEADERS = { "content-type": "application/json" };

/** Calls back for messages, many in a callback, as fast as it is answered; again where the answer is not 200. */
export class ReceiptPoster {
	private readonly pool: Pool;
	private readonly path: string;
	private waiting: string[] = [];
	private active = 0;

	constructor(url: string) {
		const { origin, pathname } = new URL(url);
		this.pool = new Pool(origin, { connections: CONNECTIONS, pipelining: 1 });
		this.path = pathname;
	}

	/** Messages that nobody has taken word of yet. */
	get pending(): number {
		return this.waiting.length + this.active * RESULTS_A_CALLBACK;
	}

	post(externalIds: string[]): void {
		this.waiting.push(...externalIds);
		while (this.active < CONNECTIONS && this.waiting.length >= RESULTS_A_CALLBACK) this.next();
		// Those that come within a moment go together.
		if (this.active === 0 && this.waiting.length > 0) this.next();
	}

	private next(): void {
		const ids = this.waiting.splice(0, RESULTS_A_CALLBACK);
		this.active++;
		this.send(receiptBody(ids)).then(() => {
			this.active--;
			if (this.waiting.length > 0) this.next();
		});
	}

	private async send(body: string): Promise<void> {
		for (;;) {
			try {
				const answer = await this.pool.request({ method: "POST", path: this.path, headers: HEADERS, body });
				await answer.body.dump();
				if (answer.statusCode === 200) return;
			} catch {
				// A connection that broke: once more.
			}
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}
}

import { createTransport } from "../transport.server.ts";

const POSTS_AT_ONCE = 8;
const TRIES_MAX = 20;
const MINUTE_MS = 60_000;

interface Post {
	url: string;
	/** Made when it is sent: a backlog of ready bodies would fill the memory. */
	body: () => string;
	/** By the body: a signature, and what kind of body it is. */
	headers: (body: string) => Record<string, string>;
	tries: number;
}

const asJson = () => ({ "content-type": "application/json" });

/** Calls the platform back as a provider does: a few at a time, again after a growing pause where the answer is not 200. */
export class CallbackPoster {
	/** 1 is the provider's own pause of 1 min + 1 min × n². */
	retryScale = 1 / 60;
	readonly counts = { answered: 0, refused: 0, givenUp: 0 };
	private readonly transport = createTransport({ connections: POSTS_AT_ONCE, timeoutMs: 20_000, network: "any" });
	private readonly pauses = new Set<NodeJS.Timeout>();
	private waiting: Post[] = [];
	private taken = 0;
	private active = 0;
	private isClosed = false;

	post(url: string, body: () => string, headers: Post["headers"] = asJson): void {
		this.put({ url, body, headers, tries: 0 });
	}

	/** Resolves when the answer is there, whatever it is. */
	async postNow(url: string, body: () => string): Promise<void> {
		await this.run({ url, body, headers: asJson, tries: 0 });
	}

	get pending(): number {
		return this.waiting.length - this.taken + this.active + this.pauses.size;
	}

	clear(): void {
		this.waiting = [];
		this.taken = 0;
		for (const pause of this.pauses) clearTimeout(pause);
		this.pauses.clear();
		Object.assign(this.counts, { answered: 0, refused: 0, givenUp: 0 });
	}

	async close(): Promise<void> {
		this.isClosed = true;
		this.clear();
		await this.transport.destroy();
	}

	private put(post: Post): void {
		if (this.isClosed) return;
		this.waiting.push(post);
		this.pump();
	}

	private pump(): void {
		while (this.active < POSTS_AT_ONCE && this.taken < this.waiting.length) {
			const post = this.waiting[this.taken++]!;
			// A queue by index: shifting a long array would move all of it each time.
			if (this.taken > 1000) {
				this.waiting.splice(0, this.taken);
				this.taken = 0;
			}
			this.active++;
			void this.run(post).then(() => {
				this.active--;
				this.pump();
			});
		}
	}

	private async run(post: Post): Promise<void> {
		const body = post.body();
		const status = await this.transport
			.request({ method: "POST", url: post.url, headers: post.headers(body), body })
			.then(
				(answer) => answer.status,
				() => 0,
			);
		if (status === 200) {
			this.counts.answered++;
			return;
		}
		this.counts.refused++;
		post.tries++;
		if (post.tries >= TRIES_MAX) {
			this.counts.givenUp++;
			return;
		}
		if (this.isClosed) return;
		const pause = setTimeout(
			() => {
				this.pauses.delete(pause);
				this.put(post);
			},
			(MINUTE_MS + MINUTE_MS * post.tries ** 2) * this.retryScale,
		);
		this.pauses.add(pause);
	}
}

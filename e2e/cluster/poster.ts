import { until } from "#jobs/testing/until.ts";
import { Visitor } from "./visitor.ts";

const SAVED_WITHIN_MS = 120_000;

/** Somebody who puts one number after the other on a stop list, at any node, and notes which of them were said to be saved. */
export class Poster {
	readonly saved: string[] = [];
	private readonly refused: Record<string, number> = {};
	private readonly waits: number[] = [];
	private readonly visitor: Visitor;
	private readonly nodes: () => string[];
	private running: Promise<void> | undefined;
	private isStopping = false;
	private next = 5_000_000;

	private constructor(visitor: Visitor, nodes: () => string[]) {
		this.visitor = visitor;
		this.nodes = nodes;
	}

	static async signIn(nodes: () => string[], form: { login: string; password: string }): Promise<Poster> {
		const visitor = new Visitor();
		await visitor.signIn(nodes()[0]!, form.login, form.password);
		return new Poster(visitor, nodes);
	}

	start(): void {
		this.running = this.run();
	}

	async stop(): Promise<void> {
		this.isStopping = true;
		await this.running;
	}

	/** Resolves when one that began after now is saved. */
	async savedAgain(): Promise<void> {
		const before = this.saved.length;
		await until("something is saved again", SAVED_WITHIN_MS, () => this.saved.length > before + 1);
	}

	/** How long a form took, in ms, and what those that were not saved were told, by status. */
	figures() {
		const sorted = [...this.waits].sort((a, b) => a - b);
		return {
			saved: this.saved.length,
			refused: this.refused,
			medianMs: sorted[sorted.length >> 1],
			p99Ms: sorted[Math.floor(sorted.length * 0.99)],
			longestMs: sorted.at(-1),
		};
	}

	private async run(): Promise<void> {
		while (!this.isStopping) {
			const all = this.nodes();
			const node = all[this.next % all.length]!;
			const numbers = `+38067${++this.next}`;
			const began = performance.now();
			const told = await this.visitor.post(node, "/admin/stops/new", { numbers }).then(
				({ status }) => status,
				() => 0,
			);
			this.waits.push(Math.round(performance.now() - began));
			if (told === 302) this.saved.push(numbers);
			else this.refused[told] = (this.refused[told] ?? 0) + 1;
		}
	}
}

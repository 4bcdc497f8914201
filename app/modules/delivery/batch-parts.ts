import { env } from "#app/lib/env.ts";
import { RESULT } from "#app/modules/messages/result.ts";
import type { RunningBatch } from "./hand-over-batch.server.ts";

/** A claim whose calls drag on is settled in parts this often; under LiteFS, where each part costs a commit, and claims are larger, less often. */
const PART_MS = 500;
const PART_MS_LITEFS = 1_000;

/** What has come in of a batch since its last part. */
export interface BatchPart {
	/** Where in the batch it begins. */
	first: number;
	results: Uint8Array;
	causes: Uint8Array;
	/** Those of an earlier part are in the wire already. */
	providerMessageIds: string[] | undefined;
}

/** Tells a batch's outcomes in parts. What is unknown stays open till the last part, so that its claim is handed to those who ask. */
export class BatchParts {
	private readonly running: RunningBatch;
	private readonly settled: Uint8Array;
	private readonly ended: Promise<void>;
	private hasEnded = false;

	constructor(running: RunningBatch) {
		this.running = running;
		this.settled = new Uint8Array(running.results.length);
		this.ended = running.ended.then(() => {
			this.hasEnded = true;
		});
	}

	/** Waits until the calls have ended, or for as long as a part lasts. @returns whether the next part is the last. */
	async wait(): Promise<boolean> {
		await Promise.race([this.ended, afterPart()]);
		return this.hasEnded;
	}

	/** Null: nothing that is to be told now. */
	next(isLast: boolean): BatchPart | null {
		const first = this.settled.indexOf(0);
		if (first < 0) return null;
		const end = this.settled.lastIndexOf(0) + 1;
		const results = this.running.results.slice(first, end);
		const causes = this.running.causes.slice(first, end);
		let isNew = isLast;
		for (let i = 0; i < results.length; i++) {
			if (this.settled[first + i] === 1) results[i] = RESULT.settledBefore;
			else if (results[i] !== RESULT.none && results[i] !== RESULT.unknown) isNew = true;
		}
		if (!isNew) return null;
		const providerMessageIds = this.running.providerMessageIds
			?.slice(first, end)
			.map((id, i) => (results[i] === RESULT.settledBefore ? "" : id));
		return { first, results, causes, providerMessageIds };
	}

	/** The part is durable: it is not told again. */
	told({ first, results }: BatchPart): void {
		for (let i = 0; i < results.length; i++) {
			if (results[i] !== RESULT.none && results[i] !== RESULT.unknown) this.settled[first + i] = 1;
		}
	}
}

function afterPart(): Promise<void> {
	return new Promise((resolve) =>
		setTimeout(resolve, env().LITEFS_DIR === undefined ? PART_MS : PART_MS_LITEFS).unref(),
	);
}

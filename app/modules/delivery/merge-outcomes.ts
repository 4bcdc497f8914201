import { RESULT } from "#app/modules/messages/result.ts";

/** Results and causes of neighbouring messages, side by side. */
export interface Outcomes {
	firstMessageId: number;
	results: ArrayLike<number>;
	causes: ArrayLike<number>;
}

/**
 * What the wire knows of a stretch of messages, from all that was written down of their batch, in the order it came.
 *
 * @returns what nothing was said of has the result `none`.
 */
export function mergeOutcomes(
	stretch: { firstMessageId: number; messageCount: number },
	rows: readonly Outcomes[],
): { results: Uint8Array; causes: Uint8Array } {
	const results = new Uint8Array(stretch.messageCount);
	const causes = new Uint8Array(stretch.messageCount);
	for (const row of rows) {
		for (let i = 0; i < row.results.length; i++) {
			const at = row.firstMessageId + i - stretch.firstMessageId;
			const result = row.results[i]!;
			if (at < 0 || at >= results.length || result === RESULT.none || result === RESULT.settledBefore) continue;
			results[at] = result;
			causes[at] = row.causes[i] ?? 0;
		}
	}
	return { results, causes };
}

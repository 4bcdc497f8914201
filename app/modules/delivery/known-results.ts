import { CAUSES } from "#app/channels/causes.ts";
import { RESULT } from "#app/modules/messages/result.ts";
import type { OutcomeRow } from "#jobs/wire/record-outcomes.ts";

/** Side by side, from a first message on: RESULTs, and numbers of CAUSES (0: none). */
export interface KnownResults {
	results: Uint8Array;
	causes: Uint8Array;
}

/**
 * What the wire knows of messages `first` … of a batch whose intent it has: of each the newest outcome, and where there is none, doubt,
 * because its caller died before it could tell.
 */
export function knownResults(first: number, count: number, outcomes: readonly OutcomeRow[]): KnownResults {
	const results = new Uint8Array(count).fill(RESULT.unknown);
	const causes = new Uint8Array(count).fill(CAUSES.process_died);
	for (const row of outcomes) {
		for (let i = 0; i < row.results.length; i++) {
			const at = row.firstMessageId + i - first;
			const result = row.results[i]!;
			if (at < 0 || at >= count || result === RESULT.none || result === RESULT.settledBefore) continue;
			results[at] = result;
			causes[at] = row.causes[i] ?? 0;
		}
	}
	return { results, causes };
}

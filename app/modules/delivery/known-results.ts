import { CAUSES } from "#app/channels/causes.ts";
import { RESULT } from "#app/modules/messages/result.ts";
import type { OutcomeRow } from "#jobs/wire/record-outcomes.ts";
import { mergeOutcomes } from "./merge-outcomes.ts";

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
	const { results, causes } = mergeOutcomes({ firstMessageId: first, messageCount: count }, outcomes);
	for (let i = 0; i < count; i++) {
		if (results[i] !== RESULT.none) continue;
		results[i] = RESULT.unknown;
		causes[i] = CAUSES.process_died;
	}
	return { results, causes };
}

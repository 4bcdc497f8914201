const FIRST_MS = 10_000;
const LONGEST_MS = 3_600_000;
/** People read for hours after a message was delivered; nobody waits for it by the minute. */
const READ_ASKED_EARLY = 9;
const READ_ASKED_EACH = 6;

/** Ms until a batch is asked about again: as long as it has been under way, ten seconds at least and an hour at most. */
export function pollGapMs(ageMs: number): number {
	return Math.min(Math.max(ageMs, FIRST_MS), LONGEST_MS);
}

/** Whether this time those are asked about, too, who have it and may yet be told to have read it: in the first hour or so, then every few hours. */
export function isReadAsked(asked: number): boolean {
	return asked < READ_ASKED_EARLY || asked % READ_ASKED_EACH === 0;
}

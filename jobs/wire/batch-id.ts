let last = 0;

/**
 * A new batch id: milliseconds × 2048 + a random part, rising within a process, below 2^53. Not the books' own sequence: after
 * a failover the books may have lost their newest rows, and an id that the wire already knows must never be made again.
 */
export function newBatchId(now = Date.now()): number {
	last = Math.max(last + 1, now * 2048 + Math.floor(Math.random() * 2048));
	return last;
}

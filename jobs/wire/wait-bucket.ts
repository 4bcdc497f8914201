/** Times are counted by buckets that grow by an eighth of e: from one to the next it is some 13 %, and a fortnight is the 113th. */
const STEPS = 8;

/** The bucket of a time, in SQL. @param seconds an expression */
export const WAIT_BUCKET_SQL = (seconds: string): string => `floor(ln(1 + ${seconds}) * ${STEPS})::int`;

export function waitBucket(seconds: number): number {
	return Math.floor(Math.log1p(Math.max(0, seconds)) * STEPS);
}

/** The time in whose middle a bucket lies; seconds. */
export function bucketSeconds(bucket: number): number {
	return Math.expm1((bucket + 0.5) / STEPS);
}

/** The median of times that were counted by bucket, in ms, right to some 7 %; null for none. */
export function medianMs(counts: ReadonlyMap<number, number>): number | null {
	const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
	if (total === 0) return null;
	let before = 0;
	for (const [bucket, count] of [...counts].sort(([a], [b]) => a - b)) {
		before += count;
		if (before * 2 >= total) return Math.round(bucketSeconds(bucket) * 1000);
	}
	return null;
}

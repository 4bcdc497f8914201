import { log } from "#app/lib/log.ts";
import { countEvidence } from "#jobs/wire/count-evidence.ts";
import { readHourBatches } from "#jobs/wire/hour-batches.ts";
import { countedHours, dropHours, writeHour } from "#jobs/wire/provider-hours.ts";
import { HourCounts } from "./hour-counts.server.ts";

const HOUR_MS = 3_600_000;
/** Batches of some thousand messages each that are looked at together: what is counted in one go stays within some milliseconds. */
const BATCHES_AT_ONCE = 10;
/** After this what comes in late changes an hour's figures no more. */
const COUNTED_FOR_MS = 4 * 86_400_000;
export const HOURS_KEPT_MS = 92 * 86_400_000;

/** Counts every hour whose figures have grown old: the one that runs each time, older ones ever more seldom. */
export async function countHours(signal?: AbortSignal, now = Date.now()): Promise<number> {
	const newest = now - (now % HOUR_MS);
	const counted = await countedHours(newest - COUNTED_FOR_MS);
	let count = 0;
	for (let hour = newest; hour > newest - COUNTED_FOR_MS && !signal?.aborted; hour -= HOUR_MS) {
		if (!isDue(hour, counted.get(hour), now)) continue;
		await countHour(hour);
		count++;
	}
	await dropHours(now - HOURS_KEPT_MS);
	if (count > 0) log.debug({ hours: count }, "the providers' figures were counted");
	return count;
}

/** Always until it has been counted after its end; then a third of the age that it had when it was counted last must have passed. */
export function isDue(hour: number, countedAt: number | undefined, now: number): boolean {
	if (countedAt === undefined || countedAt < hour + HOUR_MS) return true;
	return now - countedAt >= (countedAt - hour) / 3;
}

/** Counts one hour anew, from what the wire holds of the batches that were made in it. @param hour unix ms of its beginning */
export async function countHour(hour: number): Promise<void> {
	const counts = new HourCounts();
	let after = 0;
	for (;;) {
		const batches = await readHourBatches(hour, after, BATCHES_AT_ONCE);
		if (batches.length === 0) break;
		after = batches.at(-1)!.batchId;
		const sent = batches.map((batch) => counts.addBatch(batch));
		counts.addEvidence(await countEvidence(sent, hour));
	}
	await writeHour(hour, counts.rows());
}

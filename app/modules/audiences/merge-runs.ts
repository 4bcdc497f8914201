/** Sorted at a stretch: some 2 ms. */
export const RUN_LENGTH = 32_768;

/**
 * Sorts numbers in place in runs of 32,768, calling `breathe` after each, and then gives them in ascending order as they are asked for: sorting a
 * million at once would hold up the process for a tenth of a second.
 */
export async function* mergeRuns(
	values: Float64Array,
	chunkLength: number,
	breathe: () => Promise<void>,
): AsyncGenerator<number[]> {
	const runs: { at: number; end: number }[] = [];
	for (let at = 0; at < values.length; at += RUN_LENGTH) {
		const end = Math.min(values.length, at + RUN_LENGTH);
		values.subarray(at, end).sort();
		runs.push({ at, end });
		await breathe();
	}
	let chunk: number[] = [];
	while (runs.length > 0) {
		// At most 31 runs of a million: looking at each head is cheaper than keeping a heap.
		let least = 0;
		for (let one = 1; one < runs.length; one++) if (values[runs[one]!.at]! < values[runs[least]!.at]!) least = one;
		const run = runs[least]!;
		chunk.push(values[run.at]!);
		if (++run.at === run.end) runs.splice(least, 1);
		if (chunk.length < chunkLength) continue;
		yield chunk;
		chunk = [];
	}
	if (chunk.length > 0) yield chunk;
}

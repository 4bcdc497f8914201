const PAUSE_MS = 40;

/**
 * Looks again and again until `look` gives something truthy, and returns it. What `look` throws counts as "not yet".
 *
 * @param what said in the error when the deadline passes, together with the last thing seen.
 */
export async function until<T>(
	what: string,
	look: () => Promise<T> | T,
	deadlineMs = 300_000,
): Promise<NonNullable<T>> {
	const giveUpAt = Date.now() + deadlineMs;
	let last: unknown;
	for (;;) {
		try {
			const seen = await look();
			if (seen) return seen as NonNullable<T>;
			last = seen;
		} catch (error) {
			last = error;
		}
		if (Date.now() > giveUpAt) throw new Error(`waited ${deadlineMs} ms for: ${what}; last: ${String(last)}`);
		await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
	}
}

/** Enough to keep the app busy, few enough to let it answer at once. */
const AT_ONCE = 6;

/** Does it for each, several at once, and gathers the lines in order. */
export async function inTurns<T>(all: readonly T[], one: (item: T) => Promise<string[]>): Promise<string[]> {
	const lines: string[][] = [];
	let next = 0;
	const worker = async () => {
		while (next < all.length) {
			const at = next++;
			lines[at] = await one(all[at]!);
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, worker));
	return lines.flat();
}

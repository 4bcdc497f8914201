/** Ukrainian mobile numbers whose last digits tell the simulator what becomes of them (docs/simulator.md). */
const OPERATORS = ["50", "63", "66", "67", "68", "73", "93", "95", "96", "97", "98", "99"];

/** `count` numbers (up to 120) that end in the cue: "991001" is read, "991000" delivered, "997002" has no Viber. */
export function cued(cue: string, count: number): string[] {
	if (count > OPERATORS.length * 10) throw new RangeError("no more numbers end so");
	return Array.from({ length: count }, (_, i) => `+380${OPERATORS[i % 12]}${Math.floor(i / 12)}${cue}`);
}

/**
 * `count` different numbers, most of which get the message and read it. One in a hundred blocks the sender and is not written to again:
 * campaigns that count to the last take others, from `from` on (up to 7 digits).
 */
export function many(count: number, from = 1_000_000): string[] {
	return Array.from({ length: count }, (_, i) => `+38067${String(from + i * 7)}`);
}

/** Ukrainian mobile numbers whose last digits tell the simulator what becomes of them (docs/simulator.md). */
const OPERATORS = ["50", "63", "66", "67", "68", "73", "93", "95", "96", "97", "98", "99"];

/** `count` numbers (up to 120) that end in the cue: "991001" is read, "991000" delivered, "997002" has no Viber. */
export function cued(cue: string, count: number): string[] {
	if (count > OPERATORS.length * 10) throw new RangeError("no more numbers end so");
	return Array.from({ length: count }, (_, i) => `+380${OPERATORS[i % 12]}${Math.floor(i / 12)}${cue}`);
}

/** `count` different numbers, most of which get the message and read it. */
export function many(count: number): string[] {
	return Array.from({ length: count }, (_, i) => `+38067${String(1_000_000 + i * 7)}`);
}

/** One JSON line a figure. */
export function print(figure: Record<string, unknown>): void {
	process.stdout.write(`${JSON.stringify(figure)}\n`);
}

export function round(value: number): number {
	return Math.round(value * 100) / 100;
}

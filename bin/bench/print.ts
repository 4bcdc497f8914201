/** One JSON line a figure. */
export function print(figure: Record<string, unknown>): void {
	process.stdout.write(`${JSON.stringify(figure)}\n`);
}

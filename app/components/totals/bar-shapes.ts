import type { Sums } from "#app/modules/totals/sums.ts";

/** Height of the drawing, in its own units; a bar is 8 wide on 10. */
export const HEIGHT = 100;
export const STEP = 10;

export interface BarShapes {
	/** What is paid on, from the ground. */
	cost: string;
	/** What is left, on top of it. */
	gain: string;
	/** What is lost: the part of the cost above the revenue. */
	loss: string;
	/** How many steps wide the drawing is. */
	steps: number;
	/** What the full height stands for, micro-units. */
	topMicros: number;
}

/** The bars of a chart as paths, one for each colour; days on which more came back than went out have none. */
export function barShapes(bars: readonly (Sums | null)[]): BarShapes {
	const most = ({ revenueMicros, costMicros }: Sums) => Math.max(revenueMicros, costMicros);
	const topMicros = Math.max(1, ...bars.map((bar) => (bar ? most(bar) : 0)));
	const shapes = { cost: "", gain: "", loss: "" };
	const height = (micros: number) => Math.round((Math.max(0, micros) / topMicros) * HEIGHT * 10) / 10;
	for (const [at, bar] of bars.entries()) {
		if (!bar) continue;
		const cost = height(bar.costMicros);
		const revenue = height(bar.revenueMicros);
		shapes.cost += box(at, 0, Math.min(cost, revenue));
		shapes.gain += box(at, cost, revenue);
		shapes.loss += box(at, revenue, cost);
	}
	return { ...shapes, steps: Math.max(bars.length, 14), topMicros };
}

function box(at: number, from: number, to: number): string {
	if (to <= from) return "";
	const rise = Math.round((to - from) * 10) / 10;
	return `M${at * STEP + 1} ${Math.round((HEIGHT - from) * 10) / 10}v${-rise}h8v${rise}z`;
}

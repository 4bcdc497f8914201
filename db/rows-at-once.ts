import { env } from "#app/lib/env.ts";

/**
 * How much bulk work writes in one transaction. Under LiteFS each transaction costs a commit of milliseconds and the pages at its edges once
 * more, as much as writing a thousand narrow rows does: there it takes `times` as much at once (docs/decisions/088).
 */
export function rowsAtOnce(onAFile: number, times = 4): number {
	return env().LITEFS_DIR === undefined ? onAFile : onAFile * times;
}

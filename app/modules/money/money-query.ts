import { readAfter } from "#app/lib/page-by-key.ts";
import { type HistoryFilter, readHistoryFilter } from "./history-filter.ts";

/** What the address of a page of money asks for: the history's filter and place, and the transfer that was just made. */
export function readMoneyQuery(url: string): {
	filter: HistoryFilter;
	at: { after?: number; done?: number; isOnTwo: boolean };
} {
	const query = new URL(url).searchParams;
	const done = Number(query.get("done") ?? Number.NaN);
	return {
		filter: readHistoryFilter(query),
		at: {
			after: readAfter(url),
			done: Number.isSafeInteger(done) ? done : undefined,
			isOnTwo: query.get("copies") === "2",
		},
	};
}

/** Rows on one page of every list. */
export const PAGE_ROWS = 50;

/** The key of the last row of the page before, from the address ("?after=123"); undefined on the first page and for rubbish. */
export function readAfter(url: string): number | undefined {
	const after = Number(new URL(url).searchParams.get("after") ?? Number.NaN);
	return Number.isSafeInteger(after) && after > 0 ? after : undefined;
}

/** Cuts the one row too many that was read to learn whether there is more. */
export function cutPage<Row extends { id: number }>(rows: Row[]): { rows: Row[]; nextAfter: number | null } {
	const page = rows.slice(0, PAGE_ROWS);
	return { rows: page, nextAfter: rows.length > PAGE_ROWS ? page[page.length - 1]!.id : null };
}

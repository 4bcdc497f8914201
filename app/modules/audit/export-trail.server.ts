import { setImmediate as otherRequests } from "node:timers/promises";
import type { TFunction } from "i18next";
import { CSV_BOM, csvLine } from "#app/lib/csv.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { nameEntries } from "./name-entries.server.ts";
import type { TrailFilter } from "./trail-filter.ts";
import { trailLine, trailTitles } from "./trail-line.ts";
import { trailRange, type UnknownField } from "./trail-range.server.ts";
import { walkTrail } from "./walk-trail.server.ts";
import { writeAudit } from "./write-audit.server.ts";

/** Rows of one file; whoever needs more narrows the dates. */
export const EXPORT_MAX_ROWS = 100_000;
/** One read transaction each. */
const SLICE_ROWS = 500;

/**
 * The trail as the filter shows it, as a CSV file: read by key in slices as fast as the reader takes them, each in a transaction
 * of its own. That it was taken out is itself noted.
 *
 * @param t of any namespace, in the reader's language.
 * @throws Response 403
 */
export async function exportTrail(
	actor: Actor,
	filter: TrailFilter,
	t: TFunction,
	maxRows = EXPORT_MAX_ROWS,
): Promise<ReadableStream<Uint8Array> | { unknown: UnknownField }> {
	requireRight(actor, "audit.read");
	const range = readBooks((tx) => trailRange(tx, actor, filter));
	if ("unknown" in range) return range;
	await inTx((tx) => {
		const { who, account, from, to } = filter;
		writeAudit(tx, actor, "audit.export", `account:${actor.account.id}`, {
			who,
			account,
			from,
			to,
			group: filter.group ?? "",
		});
	});
	let before: number | null | undefined;
	let rows = 0;
	return new ReadableStream<Uint8Array>(
		{
			start(controller) {
				controller.enqueue(encode(CSV_BOM + csvLine(trailTitles(t))));
			},
			async pull(controller) {
				await otherRequests();
				const slice = readBooks((tx) => {
					const walked = walkTrail(tx, range, Math.min(SLICE_ROWS, maxRows - rows), before ?? undefined);
					return { entries: nameEntries(tx, actor, walked.entries), nextBefore: walked.nextBefore };
				});
				before = slice.nextBefore;
				rows += slice.entries.length;
				const lines = slice.entries.map((entry) => csvLine(trailLine(t, actor.account.timeZone, entry)));
				// A slice without a fitting row still asks to be called again.
				controller.enqueue(encode(lines.join("")));
				if (before !== null && rows < maxRows) return;
				if (before !== null) controller.enqueue(encode(csvLine([t("trail:export.cut", { max: maxRows }) as string])));
				controller.close();
			},
		},
		{ highWaterMark: 1 },
	);
}

const encoder = new TextEncoder();
const encode = (text: string) => encoder.encode(text);

import { PAGE_ROWS } from "#app/lib/page-by-key.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import type { Tx } from "#db/tx.ts";
import { type NamedEntry, nameEntries } from "./name-entries.server.ts";
import type { TrailFilter } from "./trail-filter.ts";
import { trailRange, type UnknownField } from "./trail-range.server.ts";
import { walkTrail } from "./walk-trail.server.ts";

/**
 * What happened in the actor's scope, newest first, 50 a page, in words that the actor may read.
 *
 * @param before the id that the page before ended with.
 * @returns `unknown`: the filter's field that names nobody, or nothing, of the scope.
 * @throws Response 403
 */
export function listTrail(
	tx: Tx,
	actor: Actor,
	filter: TrailFilter,
	before?: number,
): { entries: NamedEntry[]; nextBefore: number | null; unknown: UnknownField | null } {
	const range = trailRange(tx, actor, filter);
	if ("unknown" in range) return { entries: [], nextBefore: null, unknown: range.unknown };
	const { entries, nextBefore } = walkTrail(tx, range, PAGE_ROWS, before);
	return { entries: nameEntries(tx, actor, entries), nextBefore, unknown: null };
}

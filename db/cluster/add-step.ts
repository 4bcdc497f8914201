import type { Position } from "./position.ts";

/** Enough for what is asked about seconds ago: LiteFS makes a thousand transactions in a second at most. */
const TRAIL_KEPT = 10_000;

/** Checksums by transaction id, in the order in which some node's books came by them: the newest part of the line that they have come along. */
export type Trail = Map<number, Position["checksum"]>;

export function addStep(trail: Trail, { txid, checksum }: Position): void {
	// A number that comes again is another line's: what stood behind it is of the line that is gone.
	if (trail.has(txid)) for (const other of trail.keys()) if (other >= txid) trail.delete(other);
	trail.set(txid, checksum);
	if (trail.size > TRAIL_KEPT) trail.delete(trail.keys().next().value!);
}

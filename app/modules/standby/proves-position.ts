import type { Position } from "#db/cluster/position.ts";

/** What a node says of its books when it is asked about one transaction (app/server/answer-node.ts). */
export interface StandbyAnswer {
	position: Position | null;
	/** The checksum that its books had after that transaction, where it still knows. */
	checksumThen: string | null;
}

/**
 * Whether a node's answer proves that its books came by `wanted`: a number alone proves nothing, since another line of books has the same
 * ones. Two lines that agree in number and checksum once agree in all before it.
 *
 * @param trail checksums by number that our own books came by.
 */
export function provesPosition(wanted: Position, answer: StandbyAnswer, trail: ReadonlyMap<number, string>): boolean {
	const { position, checksumThen } = answer;
	if (!position || position.txid < wanted.txid) return false;
	if (position.txid === wanted.txid) return position.checksum === wanted.checksum;
	if (checksumThen !== null) return checksumThen === wanted.checksum;
	return trail.get(position.txid) === position.checksum;
}

/** So many nodes are open at once: one on each level of the deepest way. */
export const OPEN_AT_MOST = 16;

/** Nodes of the tree that are open, each with the id after which its children are shown (0: from the first). */
export type OpenNodes = ReadonlyMap<number, number>;

/** "1,5~120" → 1 from its first child, 5 from the child after 120. Rubbish is passed over; of too many the last ones stay. */
export function readOpenNodes(text: string): Map<number, number> {
	const nodes = text.split(",").flatMap((part): [number, number][] => {
		const found = /^(\d{1,15})(?:~(\d{1,15}))?$/.exec(part);
		return found ? [[Number(found[1]), Number(found[2] ?? 0)]] : [];
	});
	return new Map(nodes.slice(-OPEN_AT_MOST));
}

export function writeOpenNodes(nodes: OpenNodes): string {
	return [...nodes].map(([id, after]) => (after ? `${id}~${after}` : String(id))).join(",");
}

/** With one more open, or its children shown from another place on. */
export function withOpen(nodes: OpenNodes, id: number, after = 0): OpenNodes {
	return new Map([...nodes].filter(([other]) => other !== id).concat([[id, after]]));
}

/** With these closed: a node, and what is open below it. */
export function withoutOpen(nodes: OpenNodes, ids: readonly number[]): OpenNodes {
	return new Map([...nodes].filter(([id]) => !ids.includes(id)));
}

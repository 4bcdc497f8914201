/** A taking over of the books by a node (docs/decisions/080). */
export interface Epoch {
	n: number;
	node: string;
	/** The books hold all that the wire has: every process of the node may write. */
	isReady: boolean;
	/** The node lost the books, or another took them over. */
	isOver: boolean;
}

/** This epoch is not the newest any more, or is over: whoever goes on would write beside another. Take a new one, if LiteFS still says so. */
export class EpochLostError extends Error {
	override name = "EpochLostError";
}

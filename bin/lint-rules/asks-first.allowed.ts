export interface AskedElsewhere {
	file: string;
	/** Why whoever calls it may do it without a right of its own. */
	reason: string;
}

/** Reviewed: writes for an actor that need no right, or whose right is asked for by what they call. */
export const ASKS_NOBODY: AskedElsewhere[] = [];

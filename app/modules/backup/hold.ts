/** What becomes of what was under way when the books were copied. */
export const WIRE_WORDS = ["whole", "lost"] as const;
/**
 * whole: the Postgres at hand knows all that the original has handed over since; the books have been brought up to it. lost: it does not, or
 * nobody knows; what was under way is paused for a person.
 */
export type WireWord = (typeof WIRE_WORDS)[number];

/** Of books that were restored and are not released: nothing of theirs reaches the outside world. */
export interface Hold {
	/** Unix ms: what the books show is of then. */
	copiedAtUtc: number;
	restoredAtUtc: number;
	/** Where they came from. */
	node: string;
	/** What the wire at hand knows; null: the sidecar has not looked yet. */
	wire: WireWord | null;
	/** A person's word that it be released, and on what footing. Null: not yet. */
	asked: { wire: WireWord; atUtc: number; by: string } | null;
	/** Once a release, whatever dies amid it: ids that the original may have given out are passed over already. */
	areIdsPassed?: boolean;
}

export const HOLD_KEY = "hold";

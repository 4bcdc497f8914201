/** What can be done to the money of an account below, each on a page of its own. */
export const MOVES = ["top-up", "take-back", "zero", "credit"] as const;
export type MoveDeed = (typeof MOVES)[number];

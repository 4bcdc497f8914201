/** Exit code of a process that has lost what it worked under, such as its role, and is to begin again at once: nothing went wrong with it. */
export const START_ANEW = 75;

/** The same, where LiteFS too is to begin again: all that the supervisor runs ends, and whatever keeps LiteFS running starts it. */
export const START_LITEFS_ANEW = 76;

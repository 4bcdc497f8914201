/** Exit code of a process that has lost what it worked under, such as its role, and is to begin again at once: nothing went wrong with it. */
export const START_ANEW = 75;

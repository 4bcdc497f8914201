/** A person of an account signs in, or is blocked. */
export const PERSON_STATES = ["active", "blocked"] as const;

export type PersonState = (typeof PERSON_STATES)[number];

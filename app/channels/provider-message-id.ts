const LENGTH_MAX = 200;

/**
 * Whether what a provider calls its id of a message can be kept as one. Far longer than any that is known; beyond that, or with a
 * NUL, the wire could not keep it, and a whole batch's outcomes with it.
 */
export function isProviderMessageId(id: string): boolean {
	return id !== "" && id.length <= LENGTH_MAX && !id.includes("\0");
}

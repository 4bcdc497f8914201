/** A whole number that a JavaScript number would change. */
const isInexact = (source: string) => /^-?\d+$/.test(source) && !Number.isSafeInteger(Number(source));

/**
 * JSON, in which whole numbers beyond 2^53 come as strings of their digits: ids of 64 bits are such, and a rounded id is another
 * message's.
 *
 * @throws SyntaxError, and RangeError for what is nested some thousand times.
 */
export function parseExactJson(text: string): unknown {
	const revive = (_key: string, value: unknown, context?: { source?: string }) =>
		typeof value === "number" && context?.source !== undefined && isInexact(context.source) ? context.source : value;
	// The types of the language do not know the third parameter yet.
	return JSON.parse(text, revive as (key: string, value: unknown) => unknown);
}

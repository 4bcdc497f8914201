const LONGEST_NUMBER = 15;
const SHORTEST_WHOLE = 9;

function digitsIn(text: string): number {
	return text.replace(/\P{Nd}/gu, "").length;
}

/**
 * Cuts a cell of pasted text that holds several numbers with only spaces between them: before each plus, else at spaces where
 * every part is long enough to be a whole number ("+7 916 123-45-67" is one, "79161234567 79161234568" are two).
 */
export function splitRun(text: string): string[] {
	if (text.length <= LONGEST_NUMBER || digitsIn(text) <= LONGEST_NUMBER) return [text];
	const byPlus = text.split(/[\s|/]+(?=[+＋])/);
	if (byPlus.length > 1) return byPlus;
	const bySpace = text.split(/[\s|]+/);
	return bySpace.every((part) => digitsIn(part) >= SHORTEST_WHOLE) ? bySpace : [text];
}

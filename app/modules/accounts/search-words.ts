/** So many words of a search are looked at; what a person types is shorter. */
const WORDS_MAX = 8;

/** Letters and digits as the index of words (account_search: unicode61, diacritics removed) tells them apart. */
const NOT_IN_WORDS = /[^\p{L}\p{N}\p{Co}]+/u;
/** An accent on its own, and a letter that is a Latin one with accents once it is taken apart: what the index folds, no more. */
const ACCENT = /[\u0300-\u0331]/g;
const MAY_HAVE_ACCENTS = /[^\0-\x7f]/;
const ACCENTED_LATIN = /^[a-z][\u0300-\u036f]+$/;

/** "Café No.5" → ["cafe", "no", "5"]: case, accents of Latin letters and signs aside, as in the index. */
export function searchWords(text: string): string[] {
	const lower = text.toLowerCase();
	// Thousands of names are looked through for one page, and most have none.
	const folded = MAY_HAVE_ACCENTS.test(lower)
		? lower.replace(ACCENT, "").replace(/[\u00c0-\u1eff]/g, withoutAccents)
		: lower;
	return folded.split(NOT_IN_WORDS).filter(Boolean);
}

function withoutAccents(letter: string): string {
	const apart = letter.normalize("NFD");
	return ACCENTED_LATIN.test(apart) ? apart[0]! : letter;
}

/**
 * What a person typed as an expression of the index: every word must be there, each may be only the beginning of one. Quoted, so
 * that nothing typed is an operator. Undefined where no word was typed.
 *
 * @param shortest words of fewer letters are left out.
 */
export function matchExpression(typed: string, shortest = 1): string | undefined {
	const words = searchWords(typed)
		.slice(0, WORDS_MAX)
		.filter((word) => [...word].length >= shortest);
	return words.length === 0 ? undefined : words.map((word) => `"${word}"*`).join(" ");
}

/** The same question put to one account after another, for rows that were found by another way than the index. */
export function wordsFinder(typed: string): (account: { name: string; city: string; login: string }) => boolean {
	const sought = searchWords(typed).slice(0, WORDS_MAX);
	return ({ name, city, login }) => {
		const there = searchWords(`${name} ${city} ${login}`);
		return sought.every((word) => there.some((one) => one.startsWith(word)));
	};
}

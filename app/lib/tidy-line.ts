/** Controls, and the marks that turn the direction of text round: a name must not rearrange the page that shows it. */
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** One line as it is stored: no line ends, no unseen marks, no half of a surrogate pair, single spaces. */
export function tidyLine(text: string): string {
	return text.toWellFormed().replace(/\s+/g, " ").replace(UNSEEN, "").trim();
}

/** The same of several lines; their ends are of one character (forms send two). */
export function tidyLines(text: string): string {
	return text
		.replace(/\r\n?/g, "\n")
		.split("\n")
		.map((line) => line.toWellFormed().replace(UNSEEN, "").trimEnd())
		.join("\n")
		.trim();
}

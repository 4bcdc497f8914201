import type { FoundLosses } from "./gather-losses.server.ts";

/** Somebody has changed the list after the page was made. */
export class StalePricesError extends Error {
	override name = "StalePricesError";
}

/** By this change somebody would sell below cost, or have nothing to sell: it takes a word that this is meant. */
export class LossesError extends Error {
	override name = "LossesError";
	readonly found: FoundLosses;
	constructor(found: FoundLosses) {
		super(`${found.losses.length} sellers' lines would lose`);
		this.found = found;
	}
}

/** Nothing that could be copied, or that a rise could be reckoned from. */
export class NoLinesError extends Error {
	override name = "NoLinesError";
}

/** More lines than LINES_MAX in one list. */
export class TooManyLinesError extends Error {
	override name = "TooManyLinesError";
}

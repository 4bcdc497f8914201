import type { Actor } from "./actor.ts";
import { hasRight } from "./require-right.ts";

/** Digits that stay at the start at most: the country and, mostly, the operator. */
const SHOWN_FIRST = 5;
const SHOWN_LAST = 2;
/** So many digits are hidden at least, as far as there are any: fewer would soon be guessed. */
const HIDDEN_LEAST = 5;
const HIDDEN = "•";

/**
 * A recipient's number as this actor may see it: whole, or "+38067•••••45". The one place that decides so: everything that leaves the
 * modules with a number in it has gone through here.
 *
 * @param number E.164, "+380671234545".
 */
export function shownNumber(actor: Pick<Actor, "rights">, number: string): string {
	if (maySeeNumbers(actor)) return number;
	const digits = number.replace(/\D/g, "");
	const first = Math.max(0, Math.min(SHOWN_FIRST, digits.length - SHOWN_LAST - HIDDEN_LEAST));
	const last = digits.length > SHOWN_LAST ? SHOWN_LAST : 0;
	const hidden = HIDDEN.repeat(digits.length - first - last);
	return `${number.startsWith("+") ? "+" : ""}${digits.slice(0, first)}${hidden}${digits.slice(digits.length - last)}`;
}

/** What somebody typed where a number belongs, as this actor may see it: with all its digits, of any script, but the last two hidden. */
export function shownTyped(actor: Pick<Actor, "rights">, typed: string): string {
	if (maySeeNumbers(actor)) return typed;
	const digit = /\p{Nd}/gu;
	let left = [...typed.matchAll(digit)].length - SHOWN_LAST;
	return typed.replace(digit, (one) => (left-- > 0 ? HIDDEN : one));
}

export function maySeeNumbers(actor: Pick<Actor, "rights">): boolean {
	return hasRight(actor, "numbers.read");
}

import type { Actor } from "#app/modules/access/actor.ts";
import { maySeeNumbers, shownNumber } from "#app/modules/access/shown-numbers.ts";

const HIDDEN = "•••";
/** Shorter settings would be found in every other word. */
const SECRET_MIN = 6;

/** "token": "…", 'auth_key': '…'. */
const SECRET_IN_JSON =
	/("[\w-]*(?:secret|token|passw|api_?key|auth_?key|signature|authorization)[\w-]*"\s*:\s*")((?:[^"\\]|\\.)*)(")/gi;
/** token=…&, in forms and queries. */
const SECRET_IN_FORM = /((?:^|[?&])[\w.%-]*(?:secret|token|passw|api_?key|auth_?key|signature)[\w.%-]*=)([^&\s]*)/gi;
/** A number in E.164, with or without its plus (also as forms spell it), but no part of a word or of a longer id. */
const NUMBER = /(%2B|\+|(?<![\w.%-]))(\d{9,15})(?![\w-])/gi;
/** WhatsApp's ids of messages hold the person's number in base64. */
const NUMBER_IN_ID = /wamid\.[\w+/=-]+/gi;
/** Controls, and marks that turn what follows them around: nobody's text shall make this page say something else. */
const CONTROL = /(?![\t\n\r])[\p{Cc}\p{Bidi_Control}]/gu;

/**
 * What a provider sent, as this actor may see it: without the provider's secrets, with numbers masked for whoever may not see them, and with
 * controls spelt out.
 *
 * @param secrets values of the provider's settings that are shown to nobody.
 */
export function maskRaw(actor: Pick<Actor, "rights">, text: string, secrets: readonly string[] = []): string {
	let shown = text.replace(SECRET_IN_JSON, `$1${HIDDEN}$3`).replace(SECRET_IN_FORM, `$1${HIDDEN}`);
	for (const secret of secrets) if (secret.length >= SECRET_MIN) shown = shown.replaceAll(secret, HIDDEN);
	return maskNumbers(actor, shown).replace(
		CONTROL,
		(one) => `\\u${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`,
	);
}

/** More than any secret or id is long. */
const EDGE = 4_000;

/** So many characters have to be read for `max` to be shown: what is cut is masked before, or half a secret would stand at the edge. */
export function charactersToRead(max: number): number {
	return max + EDGE;
}

/** `maskRaw`, and then at most `max` characters of it. */
export function maskAndCut(
	actor: Pick<Actor, "rights">,
	text: string,
	secrets: readonly string[],
	max: number,
): { text: string; isCut: boolean } {
	const masked = maskRaw(actor, text, secrets);
	return { text: masked.slice(0, max), isCut: masked.length > max };
}

/** The same for a short text that holds no secrets: an id, an address. */
export function maskNumbers(actor: Pick<Actor, "rights">, text: string): string {
	if (maySeeNumbers(actor)) return text;
	return text
		.replace(NUMBER_IN_ID, `wamid.${HIDDEN}`)
		.replace(NUMBER, (_, plus: string, digits: string) => plus + shownNumber(actor, digits));
}

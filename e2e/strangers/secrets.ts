import type { Persona } from "./personas.ts";
import { innerWord, noteWord, phoneOf } from "./tree.ts";
import type { Placed, World } from "./world.ts";

/** The platform's own name: shown to nobody where the installation has a brand. */
const PLATFORM = "tiercast";
/** Digits that the phone numbers of one account share. */
const SHARED_DIGITS = -3;

/** A look at an answer's text: what in it this person must not see. Empty: nothing. */
export type FindSecrets = (text: string) => string[];

/** The words that no answer to this person may hold, whatever was asked for. */
export function secretsFor(persona: Persona, { accounts }: World): FindSecrets {
	const words = [PLATFORM];
	const digits: string[] = [];
	for (const account of Object.values(accounts)) {
		const { word } = account;
		const isOwn = account === persona.account;
		const isHome = account === persona.home;
		const isBelow = !isOwn && persona.branches.some((branch) => account.path.startsWith(branch));
		const isKnown = isOwn || isHome || isBelow;
		// Who stands directly above may be named: as whoever blocked the account, or came in. Nobody above that.
		if (!isKnown && !isDirectlyAbove(account, persona)) words.push(word);
		if (!isKnown) words.push(innerWord(word));
		if (!isBelow) words.push(noteWord(word));
		if (!isKnown) digits.push(phoneOf(word).slice(1, SHARED_DIGITS));
		else if (persona.lacks.includes("numbers.read")) digits.push(phoneOf(word, 2).slice(1));
	}
	// One look for all of them: an answer with something in it is rare.
	const [anyWord, anyDigits] = [anyOf(words), anyOf(digits)];
	return (text) => {
		const lower = text.toLowerCase();
		const packed = lower.replaceAll(/[\s\u00a0()-]+/g, "");
		if (!anyWord.test(lower) && !anyDigits.test(packed)) return [];
		return [...words.filter((word) => lower.includes(word)), ...digits.filter((one) => packed.includes(one))];
	};
}

/** Matches where any of the texts stands, which are letters, digits and dashes; nowhere, where there are none. */
function anyOf(texts: readonly string[]): RegExp {
	return texts.length > 0 ? new RegExp(texts.join("|")) : /(?!)/;
}

function isDirectlyAbove(account: Placed, persona: Persona): boolean {
	return persona.account?.under === account.word;
}

/** The text without what differs between two answers to the same question: ids that were asked for, nonces, form keys. */
export function withoutIds(text: string, ids: readonly string[]): string {
	let plain = withoutKeys(text.replaceAll(/nonce="[^"]*"/g, ""));
	for (const id of ids) plain = plain.replaceAll(id, "#");
	return plain;
}

/** All of a UUID but its first part: a search that begins with a dash passes over the rest of a text ten times as fast. */
const KEY_END = /(-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/;
const KEY_START = /[0-9a-f]{8}$/;

function withoutKeys(text: string): string {
	// Between two pieces of text stands what ended a key.
	const pieces = text.split(KEY_END);
	let plain = "";
	for (let at = 0; at < pieces.length; at += 2) {
		const [piece, end] = [pieces[at]!, pieces[at + 1]];
		const isKey = end !== undefined && KEY_START.test(piece.slice(-8));
		plain += isKey ? piece.slice(0, -8) : piece + (end ?? "");
	}
	return plain;
}

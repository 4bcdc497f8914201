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
	return (text) => {
		const lower = text.toLowerCase();
		const packed = lower.replaceAll(/[\s\u00a0()-]/g, "");
		return [...words.filter((word) => lower.includes(word)), ...digits.filter((one) => packed.includes(one))];
	};
}

function isDirectlyAbove(account: Placed, persona: Persona): boolean {
	return persona.account?.under === account.word;
}

/** The text without what differs between two answers to the same question: ids that were asked for, nonces, form keys. */
export function withoutIds(text: string, ids: readonly string[]): string {
	let plain = text
		.replaceAll(/nonce="[^"]*"/g, "")
		.replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "");
	for (const id of ids) plain = plain.replaceAll(id, "#");
	return plain;
}

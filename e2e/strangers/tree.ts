import type { AccountKind } from "#app/modules/access/actor.ts";

/** An account of the test, by the word that all its texts hold. No word is part of another. */
export interface Leaf {
	/** Stands in its name and in the names and logins of its people. */
	word: string;
	kind: AccountKind;
	under: string | null;
	demandsSecondFactor?: true;
	state?: "blocked" | "closed";
}

/** Parents stand before their children. The root is the demo's, with another name. */
export const TREE: readonly Leaf[] = [
	{ word: "rootwick", kind: "admin", under: null },
	{ word: "upperton", kind: "dealer", under: "rootwick" },
	{ word: "dealerby", kind: "dealer", under: "upperton" },
	{ word: "victimov", kind: "client", under: "dealerby" },
	{ word: "siblings", kind: "client", under: "dealerby" },
	{ word: "childers", kind: "dealer", under: "dealerby" },
	{ word: "grandson", kind: "client", under: "childers" },
	{ word: "blockley", kind: "client", under: "dealerby", state: "blocked" },
	{ word: "closeham", kind: "client", under: "dealerby", state: "closed" },
	{ word: "factorum", kind: "client", under: "dealerby", demandsSecondFactor: true },
	{ word: "otherham", kind: "dealer", under: "rootwick" },
	{ word: "farewell", kind: "client", under: "otherham" },
];

/** Stands in everything of an account that is not its name: city, contacts, campaigns, roles, reasons. */
export const innerWord = (word: string) => `${[...word].reverse().join("")}q`;
/** Stands in what those above wrote about the account. */
export const noteWord = (word: string) => `note-of-${innerWord(word)}`;
/** Digits that only this account's phone numbers have. */
export const phoneOf = (word: string, n = 0) => `+38050${7_000_000 + indexOf(word) * 1_000 + n}`;

export function indexOf(word: string): number {
	const index = TREE.findIndex((leaf) => leaf.word === word);
	if (index < 0) throw new Error(`there is no account ${word}`);
	return index;
}

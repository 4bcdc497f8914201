import { parentPort } from "node:worker_threads";
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";

// A thread of its own: reading the dictionary takes some 100 ms, and a password of leet letters up to 100 ms more.

export interface Guessing {
	id: number;
	password: string;
	/** What a guesser of this person's password would try first. */
	about: string[];
}

export interface Guessed {
	id: number;
	/** Tries that a good guesser needs, as a power of ten. */
	guessesLog10: number;
	/** The whole of it is a password of a leaked list, at most with letters swapped for signs or turned round. */
	isLeaked: boolean;
}

/** A longer password is judged by its beginning: what is added makes none weaker, and the time grows with its square. */
const JUDGED_LENGTH = 64;

const guesser = new ZxcvbnFactory({
	dictionary,
	graphs: adjacencyGraphs,
	maxLength: JUDGED_LENGTH,
	l33tMaxSubstitutions: 10,
});

parentPort!.on("message", ({ id, password, about }: Guessing) => {
	const { guessesLog10, sequence } = guesser.check(password, about);
	const isLeaked = sequence.length === 1 && sequence[0]!.dictionaryName === "passwords-common";
	parentPort!.postMessage({ id, guessesLog10, isLeaked } satisfies Guessed);
});

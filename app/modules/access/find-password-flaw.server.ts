import { guessPassword } from "./guess-password.server.ts";
import { normalise } from "./hash-password.server.ts";

/** What a guesser would know of the person; whatever of it is known where the password is set. */
export interface PasswordOwner {
	login: string;
	name?: string;
	accountName?: string;
	brand?: string;
}

/** A hundred million tries: with sign-in's limits, centuries; against a stolen hash of argon2id, months on one machine. */
const GUESSES_LOG10_MIN = 8;
/** A shorter login is part of too many good passwords. */
const LOGIN_IN_PASSWORD_MIN = 3;

/** The keys of a Russian keyboard as a Latin one has them: "пароль" is typed as "gfhjkm", and both are on every guesser's list. */
const RUSSIAN_KEYS = "йцукенгшщзхъфывапролджэячсмитьбюё";
const LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";

/**
 * Why a new password cannot be taken, as an issue for its field; undefined for a good one. Its length has been checked
 * (newPasswordField). Asks no network: see docs/decisions/053.
 */
export async function findPasswordFlaw(password: string, owner: PasswordOwner): Promise<string | undefined> {
	if (holdsLogin(password, owner.login)) return "settings:password.error.has_login";
	const plain = normalise(password).toLowerCase();
	const about = [owner.login, owner.name, owner.accountName, owner.brand].flatMap(wordsOf);
	const forms = [...new Set([normalise(password), asLatinKeys(plain)])];
	const guessed = await Promise.all(forms.map((form) => guessPassword(form, about)));
	if (guessed.some(({ isLeaked }) => isLeaked)) return "settings:password.error.leaked";
	if (guessed.some(({ guessesLog10 }) => guessesLog10 < GUESSES_LOG10_MIN)) return "settings:password.error.easy";
	return undefined;
}

/** Whether a password names whose it is. */
export function holdsLogin(password: string, ownLogin: string): boolean {
	const login = normalise(ownLogin).toLowerCase();
	return login.length >= LOGIN_IN_PASSWORD_MIN && normalise(password).toLowerCase().includes(login);
}

/** A name as a whole and by its words. */
function wordsOf(text = ""): string[] {
	const words = text.normalize("NFKC").toLowerCase().trim();
	return [words, ...words.split(/[\s.,\-_@/]+/)].filter((word) => word.length >= 3);
}

function asLatinKeys(plain: string): string {
	return [...plain].map((letter) => LATIN_KEYS[RUSSIAN_KEYS.indexOf(letter)] ?? letter).join("");
}

/** Letters and digits that are taken for another, in lower case. After Unicode's confusables (UTS #39), as far as logins use them. */
const LOOK_ALIKES: Record<string, string> = {
	а: "a",
	α: "a",
	в: "b",
	ь: "b",
	β: "b",
	с: "c",
	ϲ: "c",
	ԁ: "d",
	е: "e",
	ё: "e",
	є: "e",
	ε: "e",
	ɡ: "g",
	һ: "h",
	н: "h",
	і: "l",
	ї: "l",
	ι: "l",
	ı: "l",
	i: "l",
	"1": "l",
	"|": "l",
	ӏ: "l",
	ј: "j",
	к: "k",
	κ: "k",
	м: "m",
	μ: "m",
	п: "n",
	η: "n",
	ո: "n",
	о: "o",
	ο: "o",
	"0": "o",
	σ: "o",
	օ: "o",
	р: "p",
	ρ: "p",
	ԛ: "q",
	г: "r",
	ѕ: "s",
	т: "t",
	τ: "t",
	υ: "u",
	ц: "u",
	ս: "u",
	ν: "v",
	ѵ: "v",
	ԝ: "w",
	ω: "w",
	х: "x",
	χ: "x",
	у: "y",
	γ: "y",
	з: "3",
	"-": "-",
	_: "-",
	"‐": "-",
	"–": "-",
};

/**
 * A login with everything that looks alike made one: "Аdmin" with a Cyrillic А, "adrnin" and "admin" have the same skeleton. Two
 * people's logins never have.
 */
export function loginSkeleton(login: string): string {
	const plain = login.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "");
	return [...plain]
		.map((letter) => LOOK_ALIKES[letter] ?? letter)
		.join("")
		.replace(/rn/g, "m")
		.replace(/vv/g, "w");
}

import { asciiDigits } from "./ascii-digits.ts";

/**
 * What is taken for each letter or digit, in lower case, without marks. After Unicode's confusables (UTS #39) for the scripts that a login can be
 * written in, and for the fonts of our pages: upright, without serifs.
 */
const LOOK_ALIKES: Record<string, string> = {
	a: "аɑα",
	ae: "æӕ",
	b: "вьъѣβƅɓ",
	bl: "ы",
	c: "сϲɔƈ",
	d: "ԁđɗð",
	e: "еєεɛҽəәэ",
	f: "ƒϝ",
	g: "ɡɠԍց",
	h: "һнħɦћђңҥհի",
	j: "јϳյʝ",
	k: "кκĸƙқҡҝ",
	l: "iıіιɩɪɨӏǀ1|!łƚɫɭlւլا",
	lo: "ю",
	m: "м",
	n: "пηπŋɲƞոռղ",
	o: "0оοσςөѳɵøθօه",
	oe: "œ",
	p: "рρƥþք",
	q: "ԛɋզգ",
	r: "гґʀɼ",
	s: "ѕʂƨ",
	t: "тτŧƫ",
	u: "υцμʉʊսմ",
	v: "νѵʋʌ",
	w: "шщωԝѡɯա",
	x: "хχҳ",
	y: "уγүұʏƴ",
	z: "ƶʐ",
	"3": "зʒɜӡȝ",
	"4": "ч",
	"6": "б",
	"-": "_‐‑‒–—―−",
	ي: "یى",
	ك: "ک",
};

const ARABIC_FORMS: Record<string, string> = { ٱ: "ا", ہ: "ه", ە: "ه", ھ: "ه", ة: "ه" };

const PROTOTYPES = new Map<string, string>(
	Object.entries(LOOK_ALIKES).flatMap(([prototype, letters]) => [...letters].map((one) => [one, prototype])),
);

/** Accents, which letters are often read without; the vowel signs of Hindi are letters and belong to their script. */
const ACCENTS = /(?=\p{Script=Inherited})\p{M}/gu;
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\s]/gu;

/**
 * A login with everything that looks alike made one: "Аdmin" with a Cyrillic А, "adrnin" and "admin" have the same skeleton. Two
 * people's logins never have. Equal for all spellings of a login in case and form; a skeleton's skeleton is itself.
 */
export function loginSkeleton(login: string): string {
	return [...fold(login)]
		.map((letter) => ARABIC_FORMS[letter] ?? letter)
		.map((letter) => PROTOTYPES.get(letter) ?? letter)
		.join("")
		.replace(/rn/g, "m")
		.replace(/vv/g, "w");
}

/** By way of capitals: "ß", "ẞ" and "SS", "ſ" and "S", "ς" and "Σ" are the same in other clothes. */
function fold(login: string): string {
	const plain = login.normalize("NFKD").toLowerCase().toUpperCase().toLowerCase().normalize("NFKD");
	return asciiDigits(plain).replace(ACCENTS, "").replace(INVISIBLE, "");
}

import { baseKeys, LANGUAGES, type LocaleFile, localeFiles } from "./locale-files.ts";
import type { Finding, Rule } from "./rule.ts";

/**
 * The story: a key added in English only was shown to Indian customers as `campaigns:start_button`; and a Russian plural with
 * the English two forms said "21 сообщений". Every language has every key, every plural form that its grammar has
 * (Intl.PluralRules), and the same {{values}}.
 */
export const localeKeys: Rule = {
	name: "locale-keys",
	check(files) {
		const locales = localeFiles(files);
		const namespaces = new Set(locales.map((locale) => locale.namespace));
		return [...namespaces].flatMap((namespace) => {
			const english = locales.find((one) => one.namespace === namespace && one.language === "en");
			const some = locales.find((one) => one.namespace === namespace);
			if (!english) return [at(some!, `${namespace} is missing in en`)];
			return LANGUAGES.flatMap((language) => {
				const other = locales.find((one) => one.namespace === namespace && one.language === language);
				return other ? compare(english, other) : [at(english, `${namespace} is missing in ${language}`)];
			});
		});
	},
};

function compare(english: LocaleFile, other: LocaleFile): Finding[] {
	const findings: Finding[] = [];
	const expected = new Map<string, string>();
	for (const [base, kind] of baseKeys(english.texts)) {
		if (kind === "single") expected.set(base, english.texts.get(base)!);
		else
			for (const form of new Intl.PluralRules(other.language).resolvedOptions().pluralCategories)
				expected.set(`${base}_${form}`, english.texts.get(`${base}_other`)!);
	}
	for (const [key, model] of expected) {
		const text = other.texts.get(key);
		if (text === undefined) findings.push(at(other, `the key ${key} is missing`));
		else if (!text.trim()) findings.push(at(other, `the text of ${key} is empty`));
		else if (!hasSameValues(model, text, /_(zero|one|two|few|many)$/.test(key)))
			findings.push(at(other, `${key} has other {{values}} than English: ${valuesOf(model)} and ${valuesOf(text)}`));
	}
	for (const key of other.texts.keys())
		if (!expected.has(key)) findings.push(at(other, `the key ${key} is not needed`));
	return findings;
}

function valuesOf(text: string): string[] {
	return [...new Set([...text.matchAll(/\{\{-?\s*(\w+)/g)].map((match) => match[1]!))].sort();
}

/** "One person" may leave its count out; the other values must be there. */
function hasSameValues(model: string, text: string, mayLeaveCount: boolean): boolean {
	const kept = (values: string[]) => values.filter((value) => !mayLeaveCount || value !== "count").join();
	return kept(valuesOf(model)) === kept(valuesOf(text));
}

function at(locale: LocaleFile, message: string): Finding {
	return { path: locale.file.path, line: 1, message };
}

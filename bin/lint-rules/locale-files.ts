import type { LintFile } from "./rule.ts";

export const LANGUAGES = ["en", "ru", "hi", "ar"] as const;
export type Language = (typeof LANGUAGES)[number];

export interface LocaleFile {
	file: LintFile;
	language: string;
	namespace: string;
	/** Nested keys are joined by ".". */
	texts: Map<string, string>;
}

const PLURAL = /^(.*)_(zero|one|two|few|many|other)$/;

/** @throws SyntaxError where a file is no JSON. */
export function localeFiles(files: LintFile[]): LocaleFile[] {
	return files.flatMap((file) => {
		const match = /^app\/locales\/([^/]+)\/([^/]+)\.json$/.exec(file.path);
		if (!match?.[1] || !match[2]) return [];
		const texts = new Map<string, string>();
		flatten(JSON.parse(file.text), "", texts);
		return [{ file, language: match[1], namespace: match[2], texts }];
	});
}

function flatten(value: unknown, prefix: string, into: Map<string, string>): void {
	if (typeof value === "string") into.set(prefix, value);
	else
		for (const [key, inner] of Object.entries(value as object)) flatten(inner, prefix ? `${prefix}.${key}` : key, into);
}

/** Keys without their plural endings, and which of them are plurals: English has both "_one" and "_other" of those. */
export function baseKeys(english: Map<string, string>): Map<string, "single" | "plural"> {
	const bases = new Map<string, "single" | "plural">();
	for (const key of english.keys()) {
		const base = PLURAL.exec(key)?.[1];
		const isPlural = base !== undefined && english.has(`${base}_one`) && english.has(`${base}_other`);
		bases.set(isPlural ? base : key, isPlural ? "plural" : "single");
	}
	return bases;
}

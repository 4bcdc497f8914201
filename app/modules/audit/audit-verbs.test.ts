import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { AUDIT_VERBS, verbKey } from "./audit-verbs.ts";

const textsOf = (language: string) =>
	JSON.parse(readFileSync(new URL(`../../locales/${language}/audit.json`, import.meta.url), "utf8")) as {
		verb: Record<string, string>;
	};

// That nothing else can be written is the compiler's to know: writeAudit takes no other verb.
it.each(["en", "ru", "hi", "ar"])(
	"every verb can be read in %s, and no words are left of verbs that are gone",
	(language) => {
		const keys = AUDIT_VERBS.map((verb) => verbKey(verb).slice("verb.".length));
		expect(Object.keys(textsOf(language).verb).sort()).toEqual([...keys].sort());
		for (const key of keys) expect(textsOf(language).verb[key]?.trim(), key).toBeTruthy();
	},
);

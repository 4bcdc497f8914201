import { expect, it } from "vitest";
import { lintFile } from "./rule.ts";
import { translationKeys } from "./translation-keys.ts";

const locales = [
	lintFile("app/locales/en/common.json", JSON.stringify({ save: "Save", state: { done: "Done" } })),
	lintFile("app/locales/en/lists.json", JSON.stringify({ title: "Lists", people_one: "1", people_other: "{{count}}" })),
];
const check = (text: string) => translationKeys.check([...locales, lintFile("app/routes/a.tsx", text)]);

it.each([
	't("nothing")',
	'const t = useT("lists"); t("save")',
	'const t = useT(); t("title")',
	't("lists:nothing")',
	't("nowhere:title")',
	't(isNew ? "title" : "nothing")',
	"t(`nothing.${state}`)",
	'const say = translator(locale, "lists"); say("save")',
	'z.string(issue("lists:nothing"))',
	"issue(`lists:error.${kind}`)",
])("finds the missing key in %s", (text) => expect(check(text)).toHaveLength(1));

it.each([
	't("title")',
	'const t = useT("lists"); t("title"); t("common:save"); t("people", { count: 2 })',
	"const t = useT(); t(`state.${state}`)",
	"t(key)",
	'const t = useT(["lists", "common"]); t("title")',
	'function A() { const t = useT("lists"); return t("title"); } function B() { const t = useT(); return t("save"); }',
	'other("nothing")',
	'issue("lists:people", { count: 2 }); const subject = "user:7"; const url = "https://lists"',
])("lets %s pass", (text) => expect(check(text)).toEqual([]));

import type { TFunction } from "i18next";

/**
 * A message of a zod schema: an i18n key with its namespace and its figures, translated where it is shown.
 * `z.string().max(1000, issue("campaigns:error.text_too_long", { max: 1000 }))`
 */
export function issue(key: string, values?: Record<string, string | number>): string {
	return values ? `${key}|${JSON.stringify(values)}` : key;
}

export function translateIssue(t: TFunction, text: string): string {
	const at = text.indexOf("|");
	const key = at < 0 ? text : text.slice(0, at);
	const values = at < 0 ? {} : JSON.parse(text.slice(at + 1));
	// zod's own English words for what no rule of ours names must not reach a page.
	if (!/^[a-z_-]+:/i.test(key)) return t("errors:field.invalid");
	return String(t(key, values));
}

import { readdirSync, readFileSync } from "node:fs";
import type { Locator } from "playwright-core";

const folder = new URL("../../app/locales/", import.meta.url);
const kept = new Map<string, Record<string, unknown>>();

function namespaceOf(language: string, namespace: string): Record<string, unknown> {
	const path = `${language}/${namespace}.json`;
	let texts = kept.get(path);
	if (!texts) {
		texts = JSON.parse(readFileSync(new URL(path, folder), "utf8")) as Record<string, unknown>;
		kept.set(path, texts);
	}
	return texts;
}

/**
 * The text of a key ("campaigns:new.title") in a language, so that stories follow the locale files and not today's wording.
 *
 * @throws where there is no such key: a story must not look for an empty text.
 */
export function words(language: string, key: string, values: Record<string, string | number> = {}): string {
	const [namespace, path] = key.split(":") as [string, string];
	const texts = namespaceOf(language, namespace);
	const nested = path
		.split(".")
		.reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], texts);
	const text = texts[path] ?? nested;
	if (typeof text !== "string") throw new Error(`no text ${key} in ${language}`);
	return text.replace(/\{\{-?\s*(\w+)[^}]*\}\}/g, (_, name: string) => String(values[name] ?? ""));
}

/** Languages that there are texts of. */
export function languages(): string[] {
	return readdirSync(folder).sort();
}

/** What stands there, without the spaces around it. */
export async function textAt(place: Locator): Promise<string> {
	// A click ends when the next page begins to arrive: on a busy machine its first half can be read alone.
	await place.page().waitForLoadState("domcontentloaded");
	return ((await place.textContent()) ?? "").trim();
}

/** How many there are on a page that has come whole. */
export async function countOf(places: Locator): Promise<number> {
	await places.page().waitForLoadState("domcontentloaded");
	return places.count();
}

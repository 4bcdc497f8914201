import i18next, { type i18n, type TFunction } from "i18next";
import { LOCALES, type Locale } from "./locale.ts";

const files = import.meta.glob<Record<string, unknown>>("../locales/*/*.json", { eager: true, import: "default" });

const resources: Record<string, Record<string, Record<string, unknown>>> = {};
for (const [path, content] of Object.entries(files)) {
	const [locale, file] = path.split("/").slice(-2) as [string, string];
	resources[locale] ??= {};
	resources[locale][file.replace(".json", "")] = content;
}

/** Every language and namespace, loaded once for the process. */
export const translations: i18n = i18next.createInstance();
translations.init({
	initAsync: false,
	resources: resources as never,
	supportedLngs: [...LOCALES],
	fallbackLng: "en",
	ns: Object.keys(resources.en ?? {}),
	defaultNS: "common",
	// React escapes what it renders.
	interpolation: { escapeValue: false },
});

/** The translate function of one language, for actions and for what is written outside pages. */
export function translator(locale: Locale, namespace = "common"): TFunction {
	return translations.getFixedT(locale, namespace);
}

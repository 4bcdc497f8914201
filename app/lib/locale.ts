export const LOCALES = ["en", "ru", "hi", "ar"] as const;
export type Locale = (typeof LOCALES)[number];

/** Each language in its own words: people look for theirs. */
export const LOCALE_NAMES: Record<Locale, string> = { en: "English", ru: "Русский", hi: "हिन्दी", ar: "العربية" };

export function isLocale(value: unknown): value is Locale {
	return LOCALES.includes(value as Locale);
}

export function dirOf(locale: Locale): "ltr" | "rtl" {
	return locale === "ar" ? "rtl" : "ltr";
}

/** The language that an Accept-Language header likes best among ours; undefined when it names none of them. */
export function localeFromHeader(header: string | null): Locale | undefined {
	const wishes = (header ?? "")
		.slice(0, 500)
		.split(",")
		.map((part) => {
			const [tag = "", ...params] = part.trim().toLowerCase().split(";");
			const quality = Number(
				params
					.find((one) => one.trim().startsWith("q="))
					?.trim()
					.slice(2) ?? 1,
			);
			return { language: tag.split("-")[0], quality };
		})
		.filter((wish) => wish.quality > 0)
		.sort((a, b) => b.quality - a.quality);
	return wishes.map((wish) => wish.language).find(isLocale);
}

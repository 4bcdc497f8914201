import { readCookie } from "#app/lib/cookies.ts";
import { isLocale, type Locale, localeFromHeader } from "#app/lib/locale.ts";
import type { SignedIn } from "./signed-in-by.server.ts";

export const LANGUAGE_COOKIE = "lng";
export const SCHEME_COOKIE = "scheme";
export type Scheme = "light" | "dark" | "auto";

export function isScheme(value: unknown): value is Scheme {
	return value === "light" || value === "dark" || value === "auto";
}

/** The language of a page: the person's setting, else the language form's cookie, else what the browser asks for, else English. */
export function localeOf(request: Request, signedIn?: SignedIn): Locale {
	const cookie = readCookie(request, LANGUAGE_COOKIE);
	return (
		signedIn?.user.locale ??
		(isLocale(cookie) ? cookie : (localeFromHeader(request.headers.get("accept-language")) ?? "en"))
	);
}

export function schemeOf(request: Request): Scheme {
	const cookie = readCookie(request, SCHEME_COOKIE);
	return isScheme(cookie) ? cookie : "auto";
}

import type { i18n, TFunction } from "i18next";
import { createContext, useContext } from "react";
import { dirOf, type Locale } from "./locale.ts";

/** What every part of a page may need to know of the person who reads it. */
export interface PageContext {
	i18n: i18n;
	locale: Locale;
	/** IANA name of the zone that times are shown in. */
	timeZone: string;
	scheme: "light" | "dark" | "auto";
	/** For <style> and <script>: the content security policy lets no other run. */
	nonce: string;
	/** The books could not be written just now (503), or nobody knows whether they were (504). */
	unavailable?: 503 | 504;
}

const context = createContext<PageContext | undefined>(undefined);
export const PageProvider = context.Provider;

export function usePage(): PageContext & { dir: "ltr" | "rtl" } {
	const page = useContext(context);
	if (!page) throw new Error("usePage outside of a page");
	return { ...page, dir: dirOf(page.locale) };
}

/** `const t = useT("campaigns"); t("list.title"); t("common:save")` */
export function useT(namespace = "common"): TFunction {
	const page = usePage();
	return page.i18n.getFixedT(page.locale, namespace);
}

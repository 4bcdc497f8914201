import { useLocation } from "@remix-run/react";
import { LOCALE_NAMES, LOCALES } from "#app/lib/locale.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import { Icon } from "../icon.tsx";
import { PostForm } from "../post-form.tsx";

function Back() {
	const { pathname, search } = useLocation();
	return <input type="hidden" name="back" value={pathname + search} />;
}

/** Languages by their own names; a form, so that it needs no script. */
export function LanguageForm() {
	const { locale } = usePage();
	return (
		<PostForm action="/look">
			<Back />
			{LOCALES.map((one) => (
				<button
					key={one}
					type="submit"
					className="item"
					name="lng"
					value={one}
					lang={one}
					aria-pressed={one === locale}
				>
					{LOCALE_NAMES[one]}
				</button>
			))}
		</PostForm>
	);
}

export function SchemeForm() {
	const t = useT();
	const { scheme } = usePage();
	return (
		<PostForm action="/look" aria-label={t("scheme.label")}>
			<Back />
			{(["auto", "light", "dark"] as const).map((one) => (
				<button key={one} type="submit" className="item" name="scheme" value={one} aria-pressed={one === scheme}>
					{t(`scheme.${one}`)}
				</button>
			))}
		</PostForm>
	);
}

/** The language menu of the header. */
export function LanguageMenu() {
	const t = useT();
	const { locale } = usePage();
	return (
		<details className="drop" name="top">
			<summary>
				<Icon name="language" />
				<span className="hidden">{t("language")}: </span>
				{locale.toUpperCase()}
			</summary>
			<div className="sheet">
				<LanguageForm />
			</div>
		</details>
	);
}

import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { cookieFor } from "#app/lib/cookies.ts";
import { isLocale } from "#app/lib/locale.ts";
import { safePath } from "#app/modules/access/cabinet.ts";
import { isScheme, LANGUAGE_COOKIE, SCHEME_COOKIE } from "#app/modules/access/page-settings.server.ts";
import { setLanguage } from "#app/modules/access/set-language.server.ts";
import { signedInBy } from "#app/modules/access/signed-in-by.server.ts";

const YEAR_SECONDS = 31_536_000;

/** Language and colour scheme; open to everybody. */
export async function action({ request }: ActionFunctionArgs) {
	const form = await request.formData();
	const headers = new Headers();
	const lng = form.get("lng");
	if (isLocale(lng)) {
		headers.append("Set-Cookie", cookieFor(request, LANGUAGE_COOKIE, lng, YEAR_SECONDS));
		// The person's own, not that of whose cabinet it is in.
		const home = signedInBy(request)?.home;
		if (home) await setLanguage(home, lng);
	}
	const scheme = form.get("scheme");
	if (isScheme(scheme)) headers.append("Set-Cookie", cookieFor(request, SCHEME_COOKIE, scheme, YEAR_SECONDS));
	return redirect(safePath(form.get("back"), "/"), { headers });
}

export function loader() {
	return redirect("/");
}

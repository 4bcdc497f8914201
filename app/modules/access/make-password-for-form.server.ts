import { deriveSeed } from "#app/lib/secrets.server.ts";
import type { Actor } from "./actor.ts";
import { holdsLogin } from "./find-password-flaw.server.ts";
import { makePassword } from "./make-password.ts";

const FORM_KEY_MAX = 64;

/**
 * The password that a form makes for a login. It is derived from the installation's key and stored nowhere: a form that is sent
 * twice (a double click, a reload) makes the same one again, so that the page that is seen at last shows the right one.
 *
 * @param form its field `formKey` is random, one for each form that is shown.
 */
export function makePasswordForForm(actor: Actor, form: FormData, login: string): string {
	const formKey = String(form.get("formKey") ?? "").slice(0, FORM_KEY_MAX);
	for (let nth = 0; ; nth++) {
		const seed = deriveSeed("made-password", JSON.stringify([actor.userId, formKey, login, nth]));
		const password = makePassword(seed);
		// A short login may stand in it by chance: that one would be refused, however often the form is sent.
		if (!holdsLogin(password, login)) return password;
	}
}

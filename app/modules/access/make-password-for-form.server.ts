import { deriveSeed } from "#app/lib/secrets.server.ts";
import type { Actor } from "./actor.ts";
import { makePassword } from "./make-password.ts";

/**
 * The password that a form makes for a login. It is derived from the installation's key and stored nowhere: a form that is sent
 * twice (a double click, a reload) makes the same one again, so that the page that is seen at last shows the right one.
 *
 * @param formKey random, one for each form that is shown.
 */
export function makePasswordForForm(actor: Actor, formKey: string, login: string): string {
	return makePassword(deriveSeed("made-password", JSON.stringify([actor.userId, formKey, login])));
}

import { randomUUID } from "node:crypto";
import { countryLabel } from "#app/lib/country.ts";
import type { Locale } from "#app/lib/locale.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { readBooks } from "#db/tx.ts";
import { unfitParentIssue } from "./new-account-trouble.ts";
import { requireParent, standardParentId } from "./require-parent.server.ts";

/**
 * What the page of a new account begins with: below which account it will stand, and that one's language, zone and country.
 *
 * @param under id of the account above, as the address names it.
 * @throws Response 403, 404 for a parent outside of the scope.
 */
export function newAccountFrame(actor: Actor, under: string | null, locale: Locale) {
	requireRight(actor, "accounts.create");
	const formKey = randomUUID();
	try {
		const parent = readBooks((tx) => requireParent(tx, actor, Number(under ?? standardParentId(actor))));
		const { id, name, timeZone, country } = parent;
		const values = {
			kind: "client",
			locale: parent.locale,
			timeZone,
			country: countryLabel(locale, country),
			contacts: [{}],
		};
		return { formKey, parent: { id, name }, values, unfit: null };
	} catch (error) {
		const unfit = unfitParentIssue(error);
		if (!unfit) throw error;
		return { formKey, parent: null, values: null, unfit };
	}
}

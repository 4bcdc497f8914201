import { countryLabel } from "#app/lib/country.ts";
import type { Locale } from "#app/lib/locale.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import type { Tx } from "#db/tx.ts";
import { readContacts } from "./account-contacts.server.ts";
import type { Account } from "./require-account.server.ts";
import { requireEditable } from "./require-editable.server.ts";

/**
 * What the page that changes an account begins with.
 *
 * @throws Response 403; AccountNotFoundError, AccountStateError
 */
export function editAccountFrame(tx: Tx, actor: Actor, accountId: number, locale: Locale) {
	requireRight(actor, "accounts.update");
	const account = requireEditable(tx, actor, accountId);
	return {
		id: account.id,
		name: account.name,
		version: account.version,
		// Written for those above: of the own account there is none.
		hasNote: account.id !== actor.account.id,
		values: formValues(tx, account, locale),
	};
}

/** An account's facts as its form shows them. */
export function formValues(tx: Tx, account: Account, locale: Locale) {
	const contacts = readContacts(tx, account.id);
	return {
		name: account.name,
		city: account.city,
		note: account.note,
		contacts: contacts.length > 0 ? contacts : [{ name: "", phone: "", email: "" }],
		locale: account.locale as string,
		timeZone: account.timeZone,
		country: countryLabel(locale, account.country),
	};
}

import type { Actor } from "#app/modules/access/actor.ts";
import { maySeeNumbers } from "#app/modules/access/shown-numbers.ts";
import { installationId } from "#app/modules/delivery/installation-id.server.ts";
import { parseExternalId } from "#app/modules/messages/external-id.ts";
import { type CallbackRow, callbacksOf, listCallbacks } from "#jobs/wire/list-callbacks.ts";
import type { InboxFilter } from "./inbox-filter.ts";
import { inboxSpan } from "./inbox-span.ts";
import { maskRaw } from "./mask-raw.ts";
import { ownProviders } from "./own-providers.server.ts";
import { secretsOf } from "./provider-names.server.ts";

/** Digits that make a number; whoever may not see numbers does not look for them either. */
const NUMBER_LEAST = 7;

/**
 * The raw callbacks of the account's providers, newest first, 50 a page.
 *
 * @param before the id that the page before ended with.
 * @returns `isNumberHidden`: what was typed is (a part of) a number, and the actor may not see numbers: nothing was looked for.
 * @throws Response 403
 */
export async function listInbox(actor: Actor, filter: InboxFilter, before: number | undefined) {
	const providers = ownProviders(actor);
	const digits = filter.text.replace(/[\s()+-]/g, "");
	const isNumber = /^\d+$/.test(digits) && digits.length >= NUMBER_LEAST;
	const none = { providers, callbacks: [] as CallbackRow[], nextBefore: null };
	if (isNumber && !maySeeNumbers(actor)) return { ...none, isNumberHidden: true };
	const ours = parseExternalId(installationId(), filter.text);
	// What was applied is found by its evidence at once; the rest by looking through the texts.
	const ids = ours ? await callbacksOf(ours.messageId) : [];
	const isFound = ids.length > 0;
	const { callbacks, nextBefore } = await listCallbacks({
		providerIds: providers.map(({ id }) => id).filter((id) => filter.provider === null || id === filter.provider),
		...inboxSpan(actor, filter),
		standing: filter.standing,
		text: filter.text === "" || isFound ? null : isNumber ? digits : filter.text,
		ids: isFound ? ids : null,
		before: before ?? null,
	});
	const shown = callbacks.map((row) => ({
		...row,
		path: maskRaw(actor, row.path),
		detail: row.detail === null ? null : maskRaw(actor, row.detail, secretsOf(row.providerId)),
	}));
	return { providers, callbacks: shown, nextBefore, isNumberHidden: false };
}

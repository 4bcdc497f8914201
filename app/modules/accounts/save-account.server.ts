import { parseWithZod } from "@conform-to/zod/v4";
import type { FormReply } from "#app/lib/form-reply.ts";
import type { Locale } from "#app/lib/locale.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { readBooks } from "#db/tx.ts";
import { StaleAccountError } from "./account.errors.ts";
import { type AccountFacts, editAccountSchema } from "./account.schema.ts";
import { factTexts } from "./account-facts.ts";
import { type Change, changesSince } from "./changes-since.server.ts";
import { formValues } from "./edit-account-frame.server.ts";
import { requireEditable } from "./require-editable.server.ts";
import { updateAccount } from "./update-account.server.ts";

export interface FailedEdit {
	lastResult: FormReply;
	/** 200: nothing is wrong, a row was asked for. 409: somebody else has changed the account meanwhile. */
	status: 200 | 409 | 422;
	/** What the form goes on with: after a 409 the new one, so that sending it again saves on purpose. */
	version: number;
	/** With a 409: what the other has changed. */
	changes: Change[];
}

/**
 * Saves a filled-in form of an account, or says what is wrong with it.
 *
 * @throws Response 403; AccountNotFoundError, AccountStateError
 */
export async function saveAccount(
	actor: Actor,
	accountId: number,
	form: FormData,
	locale: Locale,
): Promise<FailedEdit | undefined> {
	requireRight(actor, "accounts.update");
	const version = Number(form.get("version")) || 0;
	const submission = parseWithZod(form, { schema: editAccountSchema });
	if (submission.status !== "success") {
		readBooks((tx) => requireEditable(tx, actor, accountId));
		const status = submission.status === "error" ? 422 : 200;
		return { lastResult: submission.reply(), status, version, changes: [] };
	}
	try {
		await updateAccount(actor, accountId, version, submission.value);
	} catch (error) {
		if (!(error instanceof StaleAccountError)) throw error;
		const lastResult = submission.reply({ formErrors: ["accounts:stale.edit"] });
		return { ...merge(actor, accountId, version, submission.value, lastResult, locale), status: 409 };
	}
	return undefined;
}

/** What the person has typed stays; what only the other has changed is shown as it is now. */
function merge(actor: Actor, accountId: number, seen: number, typed: AccountFacts, reply: FormReply, locale: Locale) {
	return readBooks((tx) => {
		const account = requireEditable(tx, actor, accountId);
		const changes = changesSince(tx, actor, account, seen);
		const now = formValues(tx, account, locale);
		const texts = factTexts(typed);
		const untouched = changes.filter(({ fact, was }) => texts[fact] === was).map(({ fact }) => [fact, now[fact]]);
		const initialValue = { ...reply.initialValue, ...Object.fromEntries(untouched) };
		return { lastResult: { ...reply, initialValue }, version: account.version, changes };
	});
}

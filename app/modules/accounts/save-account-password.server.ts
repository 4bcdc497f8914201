import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import type { FormReply } from "#app/lib/form-reply.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { makePasswordForForm } from "#app/modules/access/make-password-for-form.server.ts";
import { PasswordFlawError } from "#app/modules/access/password.errors.ts";
import { newPasswordField } from "#app/modules/access/password.schema.ts";
import { readBooks } from "#db/tx.ts";
import { requireOwnerBelow, setAccountPassword } from "./set-account-password.server.ts";

/** Left out: one is made. */
const schema = z.object({ password: newPasswordField.optional() });

export type SavedPassword =
	| { login: string /** Null: it was typed. */; madePassword: string | null }
	| { lastResult: FormReply };

/**
 * Sets the password of an account's owner from a filled-in form, or says what is wrong with it.
 *
 * @throws Response 403; AccountNotFoundError, AccountStateError
 */
export async function saveAccountPassword(actor: Actor, accountId: number, form: FormData): Promise<SavedPassword> {
	const { owner } = readBooks((tx) => requireOwnerBelow(tx, actor, accountId));
	const submission = parseWithZod(form, { schema });
	if (submission.status !== "success") return { lastResult: submission.reply() };
	const typed = submission.value.password;
	const { login } = owner;
	const madePassword = typed ? null : makePasswordForForm(actor, form, login);
	try {
		await setAccountPassword(actor, accountId, typed ?? madePassword!);
		return { login, madePassword };
	} catch (error) {
		if (!(error instanceof PasswordFlawError)) throw error;
		return { lastResult: submission.reply({ fieldErrors: { password: [error.message] } }) };
	}
}

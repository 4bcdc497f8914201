import { parseWithZod } from "@conform-to/zod/v4";
import type { FormReply } from "#app/lib/form-reply.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { makePasswordForForm } from "#app/modules/access/make-password-for-form.server.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { newAccountSchema } from "./account.schema.ts";
import { createAccount } from "./create-account.server.ts";
import { newAccountTrouble } from "./new-account-trouble.ts";
import { standardParentId } from "./require-parent.server.ts";

export type SavedAccount =
	| { accountId: number; login: string /** Null: it was typed. */; madePassword: string | null }
	/** 200: nothing is wrong, a row was asked for. */
	| { lastResult: FormReply; status: 200 | 422 };

/**
 * Makes an account of a filled-in form, or says what is wrong with it. Without a password one is made.
 *
 * @throws Response 403, 404 for a parent outside of the scope.
 */
export async function saveNewAccount(actor: Actor, form: FormData): Promise<SavedAccount> {
	requireRight(actor, "accounts.create");
	const submission = parseWithZod(form, { schema: newAccountSchema });
	if (submission.status !== "success")
		return { lastResult: submission.reply(), status: submission.status === "error" ? 422 : 200 };
	const { password: typed, ...facts } = submission.value;
	const { login } = facts;
	const madePassword = typed ? null : makePasswordForForm(actor, form, login);
	const parentId = Number(form.get("under") || standardParentId(actor));
	try {
		const { accountId } = await createAccount(actor, { ...facts, parentId, password: typed ?? madePassword! });
		return { accountId, login, madePassword };
	} catch (error) {
		return { lastResult: submission.reply(newAccountTrouble(error)), status: 422 };
	}
}

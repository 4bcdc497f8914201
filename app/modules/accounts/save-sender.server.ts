import { parseWithZod } from "@conform-to/zod/v4";
import type { FormReply } from "#app/lib/form-reply.ts";
import { issue } from "#app/lib/issue.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { readBooks } from "#db/tx.ts";
import { SenderTakenError, TooManySendersError } from "./account.errors.ts";
import { addSender, SENDERS_MAX } from "./add-sender.server.ts";
import { removeSender } from "./remove-sender.server.ts";
import { requireEditable } from "./require-editable.server.ts";
import { senderSchema } from "./sender.schema.ts";

/**
 * Adds the sender name of a filled-in form, or removes the one whose button was pressed; what is wrong comes back.
 *
 * @throws Response 403; AccountNotFoundError, AccountStateError
 */
export async function saveSender(actor: Actor, accountId: number, form: FormData): Promise<FormReply | undefined> {
	requireRight(actor, "accounts.update");
	readBooks((tx) => requireEditable(tx, actor, accountId));
	const removed = Number(form.get("remove"));
	if (removed > 0) {
		await removeSender(actor, accountId, removed);
		return undefined;
	}
	const submission = parseWithZod(form, { schema: senderSchema });
	if (submission.status !== "success") return submission.reply();
	try {
		await addSender(actor, accountId, submission.value);
		return undefined;
	} catch (error) {
		// The same form twice: it is there, as was wanted.
		if (error instanceof SenderTakenError) return undefined;
		if (!(error instanceof TooManySendersError)) throw error;
		return submission.reply({ formErrors: [issue("accounts:error.senders_many", { max: SENDERS_MAX })] });
	}
}

import { parseWithZod } from "@conform-to/zod/v4";
import type { FormReply } from "#app/lib/form-reply.ts";
import { issue } from "#app/lib/issue.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { requireAccountBelow } from "#app/modules/accounts/require-account.server.ts";
import { requireBuyer } from "#app/modules/pricing/require-buyer.server.ts";
import { readBooks } from "#db/tx.ts";
import { endFee } from "./end-fee.server.ts";
import { FeeMonthError, FeeNotFoundError, FeeOverlapError, FeeSubjectError, TooManyFeesError } from "./fee.errors.ts";
import { feeEndForm, feeForm } from "./fee.schema.ts";
import { monthOf } from "./month.ts";
import { setFee } from "./set-fee.server.ts";

export interface FailedFee {
	/** With everything as it was typed. */
	lastResult: FormReply;
	status: 409 | 422;
}

interface Submission {
	reply(with_: { formErrors: string[] } | { fieldErrors: Record<string, string[]> }): FormReply;
}

/**
 * Saves the form of a new fee, or the one of a fee's end (`deed` is "end"); undefined when it is saved, else what to show.
 *
 * @throws Response 403; AccountNotFoundError, AccountStateError
 */
export async function saveFee(actor: Actor, accountId: number, form: FormData): Promise<FailedFee | undefined> {
	requireRight(actor, "prices.update");
	const { timeZone } = readBooks((tx) => {
		requireBuyer(tx, actor, accountId, "prices.update");
		return requireAccountBelow(tx, actor, accountId);
	});
	const now = monthOf(Date.now(), timeZone);
	if (form.get("deed") === "end") {
		const submission = parseWithZod(form, { schema: feeEndForm(now) });
		if (submission.status !== "success") return { lastResult: submission.reply(), status: 422 };
		const { fee: feeId, last } = submission.value;
		return failing(submission, () => endFee(actor, accountId, { feeId, last: last || null }));
	}
	const submission = parseWithZod(form, { schema: feeForm(now) });
	if (submission.status !== "success") return { lastResult: submission.reply(), status: 422 };
	return failing(submission, () => setFee(actor, accountId, submission.value));
}

async function failing(submission: Submission, deed: () => Promise<void>): Promise<FailedFee | undefined> {
	const of = (field: string, text: string) => submission.reply({ fieldErrors: { [field]: [issue(text)] } });
	try {
		await deed();
		return undefined;
	} catch (error) {
		if (error instanceof FeeOverlapError) return { lastResult: of("from", "fees:error.overlap"), status: 422 };
		if (error instanceof FeeSubjectError) return { lastResult: of("subject", "fees:error.subject"), status: 422 };
		if (error instanceof FeeMonthError) return { lastResult: of("last", "fees:error.charged"), status: 409 };
		const isGone = error instanceof FeeNotFoundError;
		if (!isGone && !(error instanceof TooManyFeesError)) throw error;
		const text = isGone ? "fees:error.over" : "fees:error.too_many";
		return { lastResult: submission.reply({ formErrors: [issue(text)] }), status: isGone ? 409 : 422 };
	}
}

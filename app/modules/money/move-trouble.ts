import { randomUUID } from "node:crypto";
import type { FormReply } from "#app/lib/form-reply.ts";
import { issue } from "#app/lib/issue.ts";
import { writeMicros } from "#app/lib/micros.ts";
import { AccountNotFoundError, AccountStateError } from "#app/modules/accounts/account.errors.ts";
import { OpReusedError } from "#app/modules/ledger/ledger.errors.ts";
import { OutcomeUnknownError } from "#db/tx.ts";
import {
	BooksInDoubtError,
	CreditBelowDebtError,
	CreditNotCoveredError,
	NotEnoughError,
	NothingToZeroError,
	TooMuchError,
} from "./money.errors.ts";

export interface FailedMove {
	/** With everything as it was typed. */
	lastResult: FormReply;
	/** 503: it is not known whether it was done; the same form, sent again, finds out and does it at most once. */
	status: 409 | 422 | 503;
	/** For the next try of a form whose key was used up by another movement. */
	formKey?: string;
}

interface Submission {
	reply(with_: { formErrors: string[] } | { fieldErrors: Record<string, string[]> }): FormReply;
}

/**
 * What a form that moves money answers to a refusal.
 *
 * @throws Response 404 for an account that is not there for this actor; errors that are not the visitor's go on.
 */
export function moveTrouble(error: unknown, submission: Submission, currency: string): FailedMove {
	if (error instanceof AccountNotFoundError) throw new Response(null, { status: 404 });
	if (error instanceof OpReusedError) {
		const lastResult = submission.reply({ formErrors: ["money:error.reused"] });
		return { lastResult, status: 409, formKey: randomUUID() };
	}
	if (error instanceof OutcomeUnknownError)
		return { lastResult: submission.reply({ formErrors: ["money:error.outcome_unknown"] }), status: 503 };
	const ofForm = formIssue(error);
	if (ofForm) return { lastResult: submission.reply({ formErrors: [ofForm] }), status: 422 };
	return { lastResult: submission.reply({ fieldErrors: { amount: [amountIssue(error, currency)] } }), status: 422 };
}

function formIssue(error: unknown): string | undefined {
	if (error instanceof AccountStateError) return "money:error.closed";
	if (error instanceof NothingToZeroError) return "money:error.nothing";
	if (error instanceof BooksInDoubtError) return "money:error.in_doubt";
	return undefined;
}

function amountIssue(error: unknown, currency: string): string {
	const sum = (micros: number) => `${writeMicros(micros)} ${currency}`;
	if (error instanceof NotEnoughError) return issue("money:error.not_enough", { has: sum(error.hasMicros) });
	if (error instanceof TooMuchError) return "money:error.too_much";
	if (error instanceof CreditBelowDebtError) return issue("money:error.below_debt", { debt: sum(error.debtMicros) });
	if (error instanceof CreditNotCoveredError) return issue("money:error.not_covered", { most: sum(error.mostMicros) });
	throw error;
}

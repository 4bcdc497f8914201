import type { FormReply } from "#app/lib/form-reply.ts";
import { StaleProviderError } from "./provider.errors.ts";
import { providerTrouble } from "./provider-trouble.ts";

export interface FailedForm {
	/** With everything as it was typed. */
	lastResult: FormReply;
	status: 409 | 422;
	/** Of the provider by now, where somebody else has changed it: the next try changes that. */
	version?: number;
}

/**
 * What a versioned form of a provider answers to an error.
 *
 * @param versionNow of the provider; asked for only where the form was stale.
 * @throws Response 404; errors that are not the visitor's go on.
 */
export function failedForm(
	error: unknown,
	submission: { reply(with_: { formErrors: string[] } | { fieldErrors: Record<string, string[]> }): FormReply },
	versionNow: () => number,
): FailedForm {
	if (error instanceof StaleProviderError) {
		const lastResult = submission.reply({ formErrors: ["providers:error.changed"] });
		return { lastResult, status: 409, version: versionNow() };
	}
	return { lastResult: submission.reply({ fieldErrors: providerTrouble(error) }), status: 422 };
}

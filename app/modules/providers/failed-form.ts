import type { FormReply } from "#app/lib/form-reply.ts";
import { StalePricesError } from "#app/modules/pricing/pricing.errors.ts";
import { StaleProviderError } from "./provider.errors.ts";
import { providerTrouble } from "./provider-trouble.ts";

export interface FailedForm {
	/** With everything as it was typed. */
	lastResult: FormReply;
	status: 409 | 422;
	/** What the form goes on with: what it was made of; after a 409 the provider's by now, so that the next try changes that. */
	version: number;
}

/**
 * What a versioned form of a provider answers to an error.
 *
 * @param seen what the form was made of.
 * @param versionNow of the provider; asked for only where the form was stale.
 * @throws Response 404; errors that are not the visitor's go on.
 */
export function failedForm(
	error: unknown,
	submission: { reply(with_: { formErrors: string[] } | { fieldErrors: Record<string, string[]> }): FormReply },
	seen: number,
	versionNow: () => number,
): FailedForm {
	if (error instanceof StaleProviderError || error instanceof StalePricesError) {
		const lastResult = submission.reply({ formErrors: ["providers:error.changed"] });
		return { lastResult, status: 409, version: versionNow() };
	}
	return { lastResult: submission.reply({ fieldErrors: providerTrouble(error) }), status: 422, version: seen };
}

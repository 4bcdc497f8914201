import { issue } from "#app/lib/issue.ts";
import { LossesError, StalePricesError } from "#app/modules/pricing/pricing.errors.ts";
import { AccountNotFoundError, StaleAccountError } from "./account.errors.ts";
import { AttachRefusedError } from "./attach.errors.ts";

/**
 * What the page answers when an account could not be moved.
 *
 * @throws Response 404 for an account that is not there for this actor; errors that are not the visitor's go on.
 */
export function attachTrouble(error: unknown): { issue: string; status: 409 | 422 } {
	if (error instanceof AccountNotFoundError) throw new Response(null, { status: 404 });
	if (error instanceof StaleAccountError) return { issue: "lists:attach.stale", status: 409 };
	if (error instanceof AttachRefusedError) return { issue: `lists:attach.refused.${error.because}`, status: 422 };
	if (error instanceof StalePricesError) return { issue: "lists:attach.stale", status: 409 };
	if (error instanceof LossesError)
		return { issue: issue("prices:error.losses", { count: error.found.losses.length }), status: 422 };
	throw error;
}

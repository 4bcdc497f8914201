import { AccountNotFoundError, AccountStateError, StaleAccountError } from "#app/modules/accounts/account.errors.ts";
import { ClosingObstructedError, OtherLoginError } from "./closing.errors.ts";

export interface ClosingTrouble {
	/** Key of a text; about the login that was typed where `field` says so. */
	issue: string;
	field?: "login";
	status: 409 | 422;
}

/**
 * What the page answers to a closing that failed; what is in the way, the page names beside it.
 *
 * @throws Response 404 for an account that is not there for this actor; errors that are not the visitor's go on.
 */
export function closingTrouble(error: unknown): ClosingTrouble {
	if (error instanceof AccountNotFoundError) throw new Response(null, { status: 404 });
	if (error instanceof StaleAccountError) return { issue: "blocks:error.stale", status: 409 };
	if (error instanceof AccountStateError) return { issue: "blocks:close.closed", status: 409 };
	if (error instanceof OtherLoginError) return { issue: "blocks:close.other_login", field: "login", status: 422 };
	if (error instanceof ClosingObstructedError) return { issue: "blocks:close.obstructed", status: 422 };
	throw error;
}

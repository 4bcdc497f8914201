import { AccountNotFoundError } from "#app/modules/accounts/account.errors.ts";
import { AccountClosedError, ElsewhereMeanwhileError, NoOwnerError } from "./enter.errors.ts";

/**
 * What a page answers where a cabinet could not be entered.
 *
 * @throws Response 404 for an account that is not there for this actor; errors that are not the visitor's go on.
 */
export function enterTrouble(error: unknown): { issue: string; status: 409 } {
	if (error instanceof AccountNotFoundError) throw new Response(null, { status: 404 });
	if (error instanceof AccountClosedError) return { issue: "enter:closed", status: 409 };
	if (error instanceof NoOwnerError) return { issue: "enter:no_owner", status: 409 };
	if (error instanceof ElsewhereMeanwhileError) return { issue: "enter:stale", status: 409 };
	throw error;
}

/** `read`'s answer, or 404 where the account is not there for this actor. */
export function enterOrNotFound<T>(read: () => T): T {
	try {
		return read();
	} catch (error) {
		if (error instanceof AccountNotFoundError) throw new Response(null, { status: 404 });
		throw error;
	}
}

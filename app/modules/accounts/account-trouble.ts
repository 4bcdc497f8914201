import { issue } from "#app/lib/issue.ts";
import {
	AccountKindError,
	AccountNotFoundError,
	AccountStateError,
	HasBranchError,
	StaleAccountError,
} from "./account.errors.ts";

export interface AccountTrouble {
	issue: string;
	status: 409 | 422;
}

/**
 * What a page answers to a deed that failed.
 *
 * @throws Response 404 for an account that is not there for this actor; errors that are not the visitor's go on.
 */
export function accountTrouble(error: unknown): AccountTrouble {
	if (error instanceof AccountNotFoundError) throw new Response(null, { status: 404 });
	if (error instanceof StaleAccountError) return { issue: "accounts:stale.deed", status: 409 };
	if (error instanceof AccountStateError) return { issue: `accounts:error.is_${error.state}`, status: 422 };
	if (error instanceof AccountKindError) return { issue: issue(`accounts:error.is_${error.kind}`), status: 422 };
	if (error instanceof HasBranchError) return { issue: "accounts:error.has_branch", status: 422 };
	throw error;
}

/** `read`'s answer, or 404 where the account is not there for this actor. */
export function accountOr404<T>(read: () => T): T {
	try {
		return read();
	} catch (error) {
		if (error instanceof AccountNotFoundError) throw new Response(null, { status: 404 });
		throw error;
	}
}

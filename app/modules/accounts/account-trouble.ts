import { issue } from "#app/lib/issue.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import {
	AccountKindError,
	AccountNotFoundError,
	AccountStateError,
	HasBranchError,
	StaleAccountError,
} from "./account.errors.ts";
import { accountPath } from "./account-path.ts";

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

/**
 * What a page about one deed reads or does; where the account is not there for this actor: 404, where it is closed: back to its page,
 * which says so.
 */
export async function accountPageOr404<T>(actor: Actor, accountId: number, work: () => T | Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof AccountNotFoundError) throw new Response(null, { status: 404 });
		if (!(error instanceof AccountStateError && error.state === "closed")) throw error;
		throw new Response(null, { status: 302, headers: { Location: accountPath(actor, accountId) } });
	}
}

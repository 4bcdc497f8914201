import { AccountNotFoundError, AccountStateError, StaleAccountError } from "#app/modules/accounts/account.errors.ts";
import { BlockFromAboveError } from "./block.errors.ts";

export interface BlockTrouble {
	issue: string;
	status: 409 | 422;
}

/**
 * What the page answers to a block that failed. What has changed meanwhile, the page shows beside it.
 *
 * @throws Response 404 for an account that is not there for this actor; errors that are not the visitor's go on.
 */
export function blockTrouble(error: unknown): BlockTrouble {
	if (error instanceof AccountNotFoundError) throw new Response(null, { status: 404 });
	if (error instanceof StaleAccountError) return { issue: "blocks:error.stale", status: 409 };
	if (error instanceof AccountStateError) return { issue: "blocks:closed", status: 409 };
	if (error instanceof BlockFromAboveError) return { issue: "blocks:from_above", status: 422 };
	throw error;
}
